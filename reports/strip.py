"""All samples of one benchmark, in the order they were measured."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import ticks
from reports.colours import BASELINE, CONTENDER, GRID, GROUND, MUTED
from reports.document import Center, Samples
from reports.svg import new_figure
from reports.text import scale_for

WIDTH = 340
_HEIGHT = 210


@dataclass(frozen=True)
class Series:
    """One side's samples; their median is not always known."""

    samples: Samples
    center: Center | None
    is_contender: bool = False


def strip(unit: str, series: list[Series]) -> Figure:
    """Every sample of every side, then each median with its interval."""
    figure = new_figure(WIDTH, _HEIGHT)
    axes = figure.subplots()
    last = max((len(side.samples) for side in series), default=0)
    for side in series:
        _draw_samples(axes, side, shift=0.12 * (len(series) - 1))
    if any(side.center for side in series):
        _draw_centers(axes, series, last)
    _draw_scale(axes, unit, series, last)
    return figure


def _colour(side: Series) -> str:
    return CONTENDER if side.is_contender else BASELINE


def _draw_samples(axes: Axes, side: Series, shift: float) -> None:
    """The samples, each side beside the other's of the same place."""
    points = [
        (position + (shift if side.is_contender else -shift), value)
        for position, value in enumerate(side.samples, start=1)
        if value is not None
    ]
    _draw_points(axes, side, points, 6)


def _draw_points(
    axes: Axes, side: Series, points: list[tuple[float, float]], size: float
) -> None:
    axes.plot(
        [x for x, _ in points],
        [y for _, y in points],
        "d" if side.is_contender else "o",
        color=_colour(side) if side.is_contender else GROUND,
        markeredgecolor=_colour(side),
        markersize=size,
        markeredgewidth=1.5,
        zorder=3,
    )


def _draw_centers(axes: Axes, series: list[Series], last: int) -> None:
    gap = 0.09 * max(last, 4)
    axes.axvline(last + gap, color=GRID, linewidth=1)
    for index, side in enumerate(series):
        if side.center and side.center.center is not None:
            _draw_center(axes, side, side.center, last + gap * (2 + 1.3 * index))


def _draw_center(axes: Axes, side: Series, center: Center, x: float) -> None:
    """The median with its interval, dotted from end to end where unbounded."""
    colour = _colour(side)
    if center.low is None or center.high is None:
        axes.axvline(x, color=colour, linewidth=2, linestyle=":")
    else:
        ends = [center.low, center.high]
        axes.plot([x, x], ends, "_-", color=colour, linewidth=2.5, markersize=9)
    if center.center is not None:
        _draw_points(axes, side, [(x, center.center)], 8)


def _draw_scale(axes: Axes, unit: str, series: list[Series], last: int) -> None:
    values = [value for side in series for value in side.samples]
    scale = scale_for(unit, values)
    axes.margins(x=0.04, y=0.1)
    ticks.put(axes.yaxis, 5, scale)
    axes.set_xticks(_rounds(last))
    axes.grid(axis="y")
    axes.tick_params(length=0)
    axes.set_title(f"{unit}, {scale.symbol}", loc="left", fontsize=11, color=MUTED)
    medians = " · right: median" if any(side.center for side in series) else ""
    axes.set_xlabel(f"sample, in run order{medians}", fontsize=11)


def _rounds(last: int) -> list[int]:
    """The first sample and every few after it."""
    return list(range(1, last + 1, max(1, math.ceil(last / 6))))
