"""A unit of one benchmark over the commits, with its change points."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reports import ticks
from reports.colours import BAND, CONTENDER, FOREGROUND, MUTED, TONES
from reports.document import ChangePoint, Trend
from reports.svg import new_figure
from reports.text import Scale, percent, scale_for
from reports.verdicts import EXACT, is_better

WIDTH = 420
_HEIGHT = 230
_MOST_MARKS = 60


def history(trend: Trend) -> Figure:
    """The medians of `trend` in commit order, their intervals as a band, its
    levels, and where they change.
    """
    figure = new_figure(WIDTH, _HEIGHT)
    axes = figure.subplots()
    _draw_points(axes, trend)
    _draw_levels(axes, trend)
    _draw_scale(axes, trend)
    for number, change in enumerate(trend.changes, 1):
        _draw_change(axes, number, change, trend)
    return figure


def tone(change: ChangePoint, better: str) -> str:
    """The tone of a change that goes this way."""
    if change.accepted or not change.firm:
        return "calm" if change.accepted else "unsure"
    return "better" if is_better(change, better) else "worse"


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _draw_points(axes: Axes, trend: Trend) -> None:
    places = range(trend.count)
    medians = [_nan(value) for value in trend.points.medians]
    lows = [_nan(value) for value in trend.points.lows]
    highs = [_nan(value) for value in trend.points.highs]
    axes.fill_between(
        places, lows, highs, facecolor=BAND, edgecolor=MUTED, linewidth=0.5, zorder=1
    )
    marker = "o" if len(medians) <= _MOST_MARKS else ""
    axes.plot(places, medians, marker, color=CONTENDER, linestyle="-", markersize=4)


def _draw_levels(axes: Axes, trend: Trend) -> None:
    """What each stretch between change points lies at."""
    if not trend.changes:
        return
    bounds = [0, *(c.index for c in trend.changes), trend.count]
    levels = [trend.changes[0].before, *(c.after for c in trend.changes)]
    for (start, end), level in zip(pairwise(bounds), levels, strict=True):
        if level is not None:
            axes.hlines(level, start - 0.5, end - 0.5, FOREGROUND, linewidth=1.5)


def _draw_change(axes: Axes, number: int, change: ChangePoint, trend: Trend) -> None:
    colour = TONES[tone(change, trend.better)]
    axes.axvline(change.index - 0.5, color=colour, linestyle="--", linewidth=1.5)
    # The side with more room: text must stay inside.
    left = change.index > trend.count / 2
    axes.annotate(
        f"{number}: {percent(change.delta_percent, 'changed')}",
        (change.index - 0.5, 1),
        (-4 if left else 4, 2 + 12 * ((number - 1) % 2)),
        xycoords=axes.get_xaxis_transform(),
        textcoords="offset points",
        ha="right" if left else "left",
        color=colour,
        fontsize=11,
    )


def _draw_scale(axes: Axes, trend: Trend) -> None:
    ends = [*trend.points.medians, *trend.points.lows, *trend.points.highs]
    scale = Scale(1, "") if trend.unit in EXACT else scale_for(trend.unit, ends)
    axes.margins(x=0.02, y=0.1)
    if trend.unit in EXACT:
        ticks.put_whole(axes.yaxis, 5)
    else:
        ticks.put(axes.yaxis, 5, scale)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _commit(trend, x)))
    axes.grid(axis="y")
    axes.tick_params(length=0)
    axes.tick_params(axis="x", pad=9)
    title = ", ".join(filter(None, (trend.unit, scale.symbol)))
    pad = {0: 6, 1: 16}.get(len(trend.changes), 28)
    axes.set_title(title, loc="left", fontsize=11, color=MUTED, pad=pad)
    axes.set_xlabel("commits, the oldest first", fontsize=11)


def _commit(trend: Trend, place: float) -> str:
    index = round(place)
    return (
        trend.points.commits[index][:7]
        if 0 <= index < len(trend.points.commits)
        else ""
    )
