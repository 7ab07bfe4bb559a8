"""The ratio plot: each row's effect with its interval against the zero line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.colours import BAND, FOREGROUND, GRID, GROUND, MUTED, TONES
from reports.document import Interval, Row
from reports.svg import new_figure
from reports.text import change, columns, minus, shorten
from reports.verdicts import look, marked

_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Shape:
    """How the plot uses its width: names beside the intervals, or above."""

    width: float
    row_height: float
    name_columns: int
    most_ticks: int
    names_above: bool


WIDE = Shape(860, row_height=32, name_columns=34, most_ticks=9, names_above=False)
NARROW = Shape(360, row_height=50, name_columns=30, most_ticks=6, names_above=True)
# What the numbers and the verdict take to the right of the intervals.
_NUMBERS_WIDTH, _VERDICT_WIDTH = 185, 125
_COLUMN_WIDTH = 7.6
_BELOW = 40


def forest(rows: Sequence[Row], names: Sequence[str], shape: Shape) -> Figure:
    """The effect of each of `rows`, drawn top down and called by `names`."""
    short = [shorten(name, shape.name_columns) for name in names]
    figure = new_figure(shape.width, shape.row_height * len(rows) + _BELOW, None)
    axes = figure.add_axes(_place(shape, short, figure.get_figheight() * 72))
    low, high = _limits(rows)
    axes.set(xlim=(low, high), ylim=(len(rows) - 0.5, -0.5))
    _draw_scale(axes, low, high, shape.most_ticks)
    for position, row in enumerate(rows):
        _draw_band(axes, position, row)
        _draw_interval(axes, position + (0.22 if shape.names_above else 0), row)
    (_label_above if shape.names_above else _label_beside)(axes, rows, short)
    return figure


def _place(
    shape: Shape, names: Sequence[str], height: float
) -> tuple[float, float, float, float]:
    """Of the axes in the figure. It is reckoned, for a layout engine has no way
    to keep columns of text that stand beside the axes.
    """
    left, right = 4.0, shape.width - 4
    if not shape.names_above:
        left = _COLUMN_WIDTH * max(columns(name) for name in names) + 14
        right = shape.width - _NUMBERS_WIDTH - _VERDICT_WIDTH
    width = (right - left) / shape.width
    return left / shape.width, _BELOW / height, width, 1 - (_BELOW + 2) / height


def _limits(rows: Sequence[Row]) -> tuple[float, float]:
    """Of the axis, in logarithms of the ratio, zero and every tau band inside."""
    ends = [0.0]
    for row in rows:
        interval, tau = row.hodges_lehmann, min(row.tau or 0.0, 0.9)
        ends += [math.log(1 - tau), math.log(1 + tau)]
        if interval:
            found = (interval.ratio, interval.low, interval.high)
            ends += [math.log(ratio) for ratio in found if ratio and ratio > 0]
    margin = 0.06 * (max(ends) - min(ends)) or 0.01
    return min(ends) - margin, max(ends) + margin


def _draw_scale(axes: Axes, low: float, high: float, most: int) -> None:
    ratios, labels = _ticks(low, high, most)
    axes.set_xticks([math.log(ratio) for ratio in ratios], labels)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x")
    axes.axvline(0, color=FOREGROUND, linewidth=1.5, zorder=2)
    axes.set_xlabel("contender against baseline, logarithmic", color=MUTED)


def _ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    """Ratios to mark and their labels: changes in percent, or factors where the
    axis spans more than a doubling.
    """
    if high - low > math.log(2):
        return _factor_ticks(low, high, most)
    first, last = 100 * math.expm1(low), 100 * math.expm1(high)
    step = next((s for s in _STEPS if (last - first) / s <= most), 50)
    marks = range(math.ceil(first / step), math.floor(last / step) + 1)
    values = [step * mark for mark in marks]
    labels = [minus(f"{value:+.3g}%") if value else "0" for value in values]
    return [1 + value / 100 for value in values], labels


def _factor_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    step = math.ceil((high - low) / math.log(2) / most)
    first, last = low / math.log(2) / step, high / math.log(2) / step
    powers = [step * i for i in range(math.ceil(first), math.floor(last) + 1)]
    labels = [f"{'×' if power >= 0 else '÷'}{2 ** abs(power):g}" for power in powers]
    return [2.0**power for power in powers], labels


def _draw_band(axes: Axes, position: int, row: Row) -> None:
    tau = min(row.tau or 0.0, 0.9)
    left, right = math.log(1 - tau), math.log(1 + tau)
    axes.barh(position, right - left, 1, left, color=BAND, zorder=0.5)
    if position:
        axes.axhline(position - 0.5, color=GRID, linewidth=0.5, zorder=1)


def _draw_interval(axes: Axes, height: float, row: Row) -> None:
    interval = row.hodges_lehmann
    if interval is None or not interval.ratio or interval.ratio <= 0:
        return
    colour = TONES[look(row.verdict).tone]
    for bound, limit in zip(
        (interval.low, interval.high), axes.get_xlim(), strict=True
    ):
        _draw_arm(axes, height, math.log(interval.ratio), bound, limit, colour)
    _draw_point(axes, height, row, interval, colour)


def _draw_arm(
    axes: Axes, y: float, start: float, bound: float | None, limit: float, colour: str
) -> None:
    """Half of an interval; one without a bound is dotted, to the axis's end."""
    bounded = bound is not None and bound > 0
    end = math.log(bound) if bound and bounded else limit
    dashes = "-" if bounded else ":"
    axes.plot([start, end], [y, y], color=colour, linewidth=2.5, linestyle=dashes)
    if bounded:
        axes.plot(end, y, "|", color=colour, markersize=9, markeredgewidth=2)


def _draw_point(
    axes: Axes, height: float, row: Row, interval: Interval, colour: str
) -> None:
    face = GROUND if look(row.verdict).tone == "unsure" else colour
    axes.plot(
        math.log(interval.ratio or 1),
        height,
        look(row.verdict).marker,
        color=face,
        markeredgecolor=colour,
        markersize=8.5,
        markeredgewidth=1.75,
        zorder=3,
    )


def _label_beside(axes: Axes, rows: Sequence[Row], names: Sequence[str]) -> None:
    axes.set_yticks(range(len(rows)), names, color=FOREGROUND, fontsize=12)
    style: dict[str, Any] = {
        "textcoords": "offset points",
        "va": "center",
        "annotation_clip": False,
    }
    beside: dict[str, Any] = {"xycoords": axes.get_yaxis_transform(), **style}
    for position, row in enumerate(rows):
        numbers = f"{_effect(row)} {_bounds(row)}"
        axes.annotate(numbers, (1, position), (8, 0), **beside)
        axes.annotate(marked(row), (1, position), (_NUMBERS_WIDTH, 0), **beside)


def _label_above(axes: Axes, rows: Sequence[Row], names: Sequence[str]) -> None:
    across = axes.get_yaxis_transform()
    for position, (row, name) in enumerate(zip(rows, names, strict=True)):
        place: dict[str, Any] = {
            "y": position - 0.2,
            "transform": across,
            "va": "center",
        }
        ground: dict[str, Any] = {"facecolor": GROUND, "edgecolor": "none", "pad": 1.5}
        axes.text(0, s=name, bbox=ground, **place)
        effect = f"{_effect(row)} {look(row.verdict).mark}"
        axes.text(1, s=effect, ha="right", bbox=ground, **place)


def _effect(row: Row) -> str:
    interval = row.hodges_lehmann
    return change(interval.ratio if interval else None, "no estimate")


def _bounds(row: Row) -> str:
    interval = row.hodges_lehmann
    if interval is None:
        return ""
    if interval.low is None and interval.high is None:
        return "unbounded"
    return f"[{change(interval.low)}, {change(interval.high)}]"
