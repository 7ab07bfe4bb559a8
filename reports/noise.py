"""What a machine shows where nothing changed: false alarms, and the least change
that it can see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.colours import BAND, BASELINE, CONTENDER, FOREGROUND, GRID, GROUND, MUTED
from reports.document import AlarmRate, BenchmarkNoise, Noise
from reports.svg import new_figure
from reports.text import shorten, telling

WIDTH = 420
_ROW_HEIGHT = 46
_NAME_COLUMNS = 46


def alarms(noise: Noise) -> Figure:
    """The rates of false alarms with their intervals, against what is promised."""
    rates = [("comparisons", noise.comparisons), ("rows", noise.rows)]
    figure = new_figure(WIDTH, 150)
    axes = figure.subplots()
    for place, (name, rate) in enumerate(rates):
        _draw_rate(axes, place, name, rate)
    if noise.alpha is not None:
        axes.axvline(100 * noise.alpha, color=FOREGROUND, linestyle="--", linewidth=1.5)
    axes.set(ylim=(1.6, -0.6), yticks=[])
    axes.set_xlim(left=0)
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x")
    axes.set_xlabel("false alarms, %; dashed: promised of comparisons", color=MUTED)
    return figure


def _draw_rate(axes: Axes, place: int, name: str, rate: AlarmRate) -> None:
    y = place + 0.15
    low, high = (100 * (rate.low or 0), 100 * (1 if rate.high is None else rate.high))
    axes.hlines(y, low, high, CONTENDER, linewidth=2.5)
    share = 100 * rate.alarms / rate.of if rate.of else 0
    axes.plot(share, y, "d", color=CONTENDER, markersize=9, zorder=3, clip_on=False)
    text = f"{name}: {rate.alarms} of {rate.of}"
    axes.text(0, place - 0.3, text, **_label_style(axes))


def _label_style(axes: Axes) -> dict[str, Any]:
    """Of a name over the axes, which hides the lines behind it."""
    ground = {"facecolor": GROUND, "edgecolor": "none", "pad": 1}
    return {"transform": axes.get_yaxis_transform(), "va": "center", "bbox": ground}


def spread(found: Sequence[BenchmarkNoise]) -> Figure:
    """The least change that each benchmark can show, and the effects that were
    seen between identical builds.
    """
    figure = new_figure(WIDTH, _ROW_HEIGHT * len(found) + 48)
    axes = figure.subplots()
    names = telling([one.benchmark for one in found])
    for place, (one, name) in enumerate(zip(found, names, strict=True)):
        _draw_benchmark(axes, place, one, name)
    axes.set(ylim=(len(found) - 0.4, -0.6), yticks=[])
    axes.axvline(0, color=FOREGROUND, linewidth=1.5, zorder=2)
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x")
    axes.set_xlabel("change, %", color=MUTED)
    axes.margins(x=0.06)
    return figure


def _draw_benchmark(axes: Axes, place: int, one: BenchmarkNoise, name: str) -> None:
    y = place + 0.15
    if one.tau is not None:
        axes.barh(y, 200 * one.tau, 0.42, -100 * one.tau, color=BAND, zorder=0.5)
    if one.detectable is not None:
        ends = [-100 * one.detectable, 100 * one.detectable]
        axes.plot(ends, [y, y], "|-", color=CONTENDER, linewidth=2, markersize=11)
    effects = [100 * effect for effect in one.effects if effect is not None]
    style = {"markeredgecolor": BASELINE, "markersize": 5, "zorder": 3}
    axes.plot(effects, [y] * len(effects), "o", color=GROUND, **style)
    short = shorten(name, _NAME_COLUMNS)
    axes.text(0, place - 0.3, short, fontsize=11, **_label_style(axes))
    if place:
        axes.axhline(place - 0.52, color=GRID, linewidth=0.5, zorder=1)
