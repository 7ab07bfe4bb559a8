"""From a matplotlib figure to SVG that lives inside a page.

Figures are drawn in points that become CSS pixels. On a page their text stays
text, in the page's font; a picture alone brings its letters along.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from reports import colours
from reports.colours import FOREGROUND, GRID, GROUND, MUTED

_NAMESPACE = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"#([\w.-]+)")
Layout = Literal["constrained"] | None
_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "opstat",
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 12,
    "text.color": FOREGROUND,
    "axes.edgecolor": GRID,
    "axes.labelcolor": MUTED,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 1,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 1,
    "xtick.color": GRID,
    "ytick.color": GRID,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "figure.constrained_layout.h_pad": 0.03,
    "figure.constrained_layout.w_pad": 0.03,
}


@contextmanager
def style(on_page: bool = True) -> Iterator[None]:
    """matplotlib's defaults and the look of the reports, whatever the user's own
    settings are. Figures are made and rendered within it.
    """
    colours.use(on_page)
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        if not on_page:
            matplotlib.rcParams["svg.fonttype"] = "path"
        # A name may hold letters that DejaVu lacks; the page's fonts draw them.
        warnings.filterwarnings("ignore", message=".*missing from")
        yield


def new_figure(width: float, height: float, layout: Layout = "constrained") -> Figure:
    """An empty figure of that many CSS pixels."""
    return Figure(figsize=(width / 72, height / 72), layout=layout)


def inline(figure: Figure, prefix: str, title: str, description: str) -> str:
    """`figure` as an svg element named by `title` and `description`.

    Every id in it begins with `prefix`; `<prefix>-title` and
    `<prefix>-description` are those of its name.
    """
    root = ElementTree.fromstring(_draw(figure))
    for element in root.iter():
        _adapt(element, prefix)
    _drop_metadata(root)
    _drop_ids(root)
    _set_size(root)
    root.set("xmlns", _NAMESPACE)
    root.insert(0, _named(f"{prefix}-description", "desc", description))
    root.insert(0, _named(f"{prefix}-title", "title", title))
    return ElementTree.tostring(root, encoding="unicode")


def _draw(figure: Figure) -> bytes:
    out = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    FigureCanvasSVG(figure).print_svg(out, metadata=nothing)
    return out.getvalue()


def picture(figure: Figure, kind: str) -> bytes:
    """`figure` as the bytes of a file of its own, "svg" or "png". A PNG has two
    pixels for each of the figure's.
    """
    figure.set_facecolor(GROUND)
    if kind == "svg":
        return _draw(figure)
    out = io.BytesIO()
    figure.set_dpi(144)
    FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})
    return out.getvalue()


def _adapt(element: ElementTree.Element, prefix: str) -> None:
    element.tag = element.tag.rpartition("}")[2]
    attributes = {
        key.rpartition("}")[2]: _adapted(key, value, prefix)
        for key, value in element.attrib.items()
    }
    element.attrib.clear()
    element.attrib.update(attributes)


def _adapted(key: str, value: str, prefix: str) -> str:
    if key == "id":
        return f"{prefix}-{value}"
    if key.endswith("href"):
        return value.replace("#", f"#{prefix}-", 1)
    if key == "d":
        return _NUMBER.sub(_hundredths, value)
    value = value.replace("url(#", f"url(#{prefix}-")
    return colours.with_variables(value)


def _hundredths(number: re.Match[str]) -> str:
    """A place in a path to a hundredth of a pixel: nobody sees more."""
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _drop_metadata(root: ElementTree.Element) -> None:
    """Drops what speaks of the file, and the style that would reach the page."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("metadata", "style"):
                parent.remove(child)


def _drop_ids(root: ElementTree.Element) -> None:
    """Drops the ids that nothing refers to: a quarter of a small plot."""
    values = (value for element in root.iter() for value in element.attrib.values())
    used = {name for value in values for name in _REFERENCE.findall(value)}
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)


def _set_size(root: ElementTree.Element) -> None:
    width = root.attrib.pop("width").removesuffix("pt")
    root.attrib.pop("height")
    root.set("style", f"max-width: {1.2 * float(width):.0f}px")


def _named(id_: str, tag: str, text: str) -> ElementTree.Element:
    element = ElementTree.Element(tag, {"id": id_})
    element.text = text
    return element
