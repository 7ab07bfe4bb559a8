"""Exact values, baseline to contender, with the numbers printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import ticks
from reports.colours import BASELINE, CONTENDER, GRID, GROUND, MUTED
from reports.document import Center, Row
from reports.svg import new_figure
from reports.tables import exact_center
from reports.text import percent, shorten
from reports.verdicts import look

WIDTH = 420
_ROW_HEIGHT = 54
_NAME_COLUMNS = 40


def dumbbell(rows: Sequence[Row], names: Sequence[str]) -> Figure:
    """Both values of each of `rows`, one unit, drawn top down."""
    figure = new_figure(WIDTH, _ROW_HEIGHT * len(rows) + 44)
    axes = figure.subplots()
    axes.set_ylim(len(rows) - 0.5, -0.5)
    for position, (row, name) in enumerate(zip(rows, names, strict=True)):
        _draw_row(axes, position, row)
        _label(axes, position, row, shorten(name, _NAME_COLUMNS))
    _draw_scale(axes, rows)
    return figure


def _values(row: Row) -> list[float]:
    centers = (side.center for side in (row.baseline, row.contender) if side)
    return [center for center in centers if center is not None]


def _draw_row(axes: Axes, position: int, row: Row) -> None:
    y = position + 0.28
    values = _values(row)
    axes.plot(values, [y] * len(values), color=MUTED, linewidth=2, zorder=2)
    _draw_side(axes, y, row.baseline, "o", GROUND, BASELINE)
    _draw_side(axes, y, row.contender, "d", CONTENDER, CONTENDER)
    if position:
        axes.axhline(position - 0.5, color=GRID, linewidth=0.5, zorder=1)


def _draw_side(
    axes: Axes, y: float, side: Center | None, marker: str, face: str, edge: str
) -> None:
    if side is None or side.center is None:
        return
    style: dict[str, Any] = {
        "markersize": 9,
        "markeredgewidth": 2,
        "zorder": 3,
        "clip_on": False,
    }
    axes.plot(side.center, y, marker, color=face, markeredgecolor=edge, **style)


def _label(axes: Axes, position: int, row: Row, name: str) -> None:
    across = axes.get_yaxis_transform()
    ground: dict[str, Any] = {"facecolor": GROUND, "edgecolor": "none", "pad": 1}
    place: dict[str, Any] = {"transform": across, "va": "center", "bbox": ground}
    axes.text(0, position - 0.3, name, **place)
    axes.text(0, position - 0.02, transition(row), color=MUTED, fontsize=11, **place)
    effect = f"{percent(row.delta_percent, '')} {look(row.verdict).mark}"
    axes.text(1, position - 0.3, effect, ha="right", **place)


def transition(row: Row) -> str:
    """Both values of `row` in full."""
    before, after = (
        exact_center(side, row.unit) for side in (row.baseline, row.contender)
    )
    unit = " " + row.unit.removesuffix("/op")
    start = before.removesuffix(unit) if after.endswith(unit) else before
    return f"{start} → {after}"


def _draw_scale(axes: Axes, rows: Sequence[Row]) -> None:
    values = [value for row in rows for value in _values(row)]
    top = max(values, default=0.0) or 1.0
    smallest = min((value for value in values if value > 0), default=top)
    logarithmic = top / smallest > 40
    if logarithmic:
        axes.set_xscale("symlog", base=2, linthresh=smallest / 2, linscale=0.5)
    axes.set_xlim(0, top * (1.25 if logarithmic else 1.04))
    unit = rows[0].unit
    marks = ticks.doublings(smallest, top) if logarithmic else ticks.quarters(top, unit)
    axes.set_xticks(marks, [ticks.label(mark, unit) for mark in marks])
    axes.minorticks_off()
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x")
    how = "logarithmic" if logarithmic else "from zero"
    axes.set_xlabel(f"{unit}, {how}")
