"""Kinds of scratch side by side, a small plot for each shape."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import ticks
from reports.colours import BASELINE, CONTENDER, FOREGROUND, GROUND, MUTED, THIRD
from reports.scratch import Cell, Grid
from reports.svg import new_figure
from reports.text import Scale, minus, scale_for, shorten
from reports.verdicts import CLOCKS

WIDE, NARROW = 860, 360
_ROW_HEIGHT, _ROW_GAP = 205, 0.09  # pixels, inches
# The width of a panel beside its cells, of a cell, and of a cell that has room
# for a change in percent, and for each further one.
_MARGIN, _LEAST_CELL, _TOLD_CELL, _TOLD_MORE = 52, 50, 57, 27
# A marker and a face each, so that colour is not the only sign.
LOOKS = (("o", GROUND, BASELINE), ("d", CONTENDER, CONTENDER), ("^", THIRD, THIRD))
MARKS = "○◆▲"


def conv(grid: Grid, width: float) -> Figure:
    """Every kind of every cell of `grid` with its interval, axes from zero."""
    panels = grid.panels()
    most = max(map(len, panels.values()))
    across = _across(grid, len(panels), most, width)
    cell_width = (width / across - _MARGIN) / most
    down = -(-len(panels) // across)
    figure = new_figure(width, 30 + _ROW_HEIGHT * down)
    figure.get_layout_engine().set(h_pad=_ROW_GAP)
    axes = list(figure.subplots(down, across, squeeze=False).flat)
    for place, (name, cells) in zip(axes, panels.items(), strict=False):
        _draw_panel(place, name, cells, grid, cell_width)
    for place in axes[len(panels) :]:
        place.set_axis_off()
    return figure


def _across(grid: Grid, panels: int, cells: int, width: float) -> int:
    """How many panels stand side by side, those of one shape in one row."""
    fitting = int(width // (_MARGIN + _LEAST_CELL * cells))
    across = max(1, min(panels, fitting))
    rows = -(-panels // across)
    across, beside = -(-panels // rows), grid.of_a_shape()
    return across - across % beside if across > beside else across


def _draw_panel(
    axes: Axes, name: str, cells: list[Cell], grid: Grid, cell_width: float
) -> None:
    scale = _scale(cells, grid.unit)
    told = _TOLD_CELL + _TOLD_MORE * (len(grid.kinds) - 2)
    for place, cell in enumerate(cells):
        for index, kind in enumerate(grid.kinds):
            if kind in cell.centers:
                x = place + 0.3 * (index - (len(grid.kinds) - 1) / 2)
                _draw_center(axes, x, cell, kind, index)
                if cell_width >= told and grid.unit != "faults/op":
                    _tell_changes(axes, x, cell, kind, grid.kinds[0])
    axes.set_xlim(-0.62, len(cells) - 0.38)
    names = [shorten(cell.name, 14).replace(" ", "\n") for cell in cells]
    axes.set_xticks(range(len(cells)), names)
    _draw_scale(axes, cells, grid.unit, scale)
    axes.grid(axis="y")
    axes.tick_params(length=0)
    axes.tick_params(axis="x", pad=9)
    symbol = grid.unit if grid.unit == "B/op" else scale.symbol
    title = ", ".join(filter(None, (shorten(name, 24), symbol)))
    axes.set_title(title, loc="left", fontsize=12, color=MUTED)


def _draw_scale(axes: Axes, cells: list[Cell], unit: str, scale: Scale) -> None:
    top = _top(cells) or 1
    axes.set_ylim(0, 1.15 * top)
    if unit in CLOCKS or top < 1:
        ticks.put(axes.yaxis, 4, scale)
    else:
        marks = ticks.quarters(top, unit)
        axes.set_yticks(marks, [ticks.label(mark, unit) for mark in marks])


def _tell_changes(axes: Axes, x: float, cell: Cell, kind: str, first: str) -> None:
    """How far `kind` is from the first kind."""
    base, center = cell.centers.get(first), cell.centers[kind]
    if kind == first or not base or not base.center or center.center is None:
        return
    ratio = center.center / base.center
    change = f"{100 * (ratio - 1):+.0f}%" if round(100 * ratio) != 100 else "0%"
    text = minus(change) if ratio < 10 else f"×{ratio:,.0f}"
    high = center.center if center.high is None else max(center.high, center.center)
    axes.annotate(
        text,
        (x, high),
        (0, 7),
        textcoords="offset points",
        ha="center",
        fontsize=9,
        color=FOREGROUND,
    )


def _draw_center(axes: Axes, x: float, cell: Cell, kind: str, index: int) -> None:
    marker, face, edge = LOOKS[min(index, len(LOOKS) - 1)]
    center = cell.centers[kind]
    if center.low is not None and center.high is not None:
        axes.vlines(x, center.low, center.high, edge, linewidth=2.5)
    axes.plot(
        x,
        center.center or 0.0,
        marker,
        color=face,
        markeredgecolor=edge,
        markersize=8,
        markeredgewidth=1.75,
        zorder=3,
        clip_on=False,
    )


def _ends(cells: list[Cell]) -> list[float]:
    return [
        value
        for cell in cells
        for center in cell.centers.values()
        for value in (center.center, center.high)
        if value is not None
    ]


def _top(cells: list[Cell]) -> float:
    return max(_ends(cells), default=0.0)


def _scale(cells: list[Cell], unit: str) -> Scale:
    return scale_for(unit, [_top(cells)])
