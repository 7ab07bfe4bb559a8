"""A trend in a line's height: plain SVG, a third of a millisecond each."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reports.document import Number, Trend
from reports.text import counted, scale_for

_WIDTH, _HEIGHT, _MARGIN = 240, 56, 6
_MOST_POINTS = 120
_SVG = Markup(
    '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>'
)
_Point = tuple[int, float]


def sparkline(trend: Trend) -> Markup:
    """The medians of `trend` from edge to edge, its change points as ticks."""
    points = [(i, v) for i, v in enumerate(trend.medians) if v is not None]
    if not points:
        return Markup("")
    return _SVG.format(
        _WIDTH,
        _HEIGHT,
        _label(trend, points),
        _line(trend.medians, _thinned(points)),
        _ticks(trend),
    )


def _label(trend: Trend, points: Sequence[_Point]) -> str:
    values = [value for _, value in points]
    scale = scale_for(trend.unit, values)
    found = f"{trend.unit} over {counted(len(points), 'run')}: "
    found += f"{scale.number(min(values))} to {scale.show(max(values))}"
    changes = len(trend.changes)
    return f"{found}, {counted(changes, 'change point')}" if changes else found


def _thinned(points: Sequence[_Point]) -> list[_Point]:
    """At most so many points as can be seen, with every peak and trough."""
    if len(points) <= _MOST_POINTS:
        return list(points)
    step = 2 * len(points) / _MOST_POINTS
    kept: list[_Point] = []
    for bucket in range(_MOST_POINTS // 2):
        part = points[round(bucket * step) : round((bucket + 1) * step)]
        ends = {min(part, key=_value), max(part, key=_value)}
        kept += sorted(ends)
    return kept


def _value(point: _Point) -> float:
    return point[1]


def _line(all_values: Sequence[Number], points: Sequence[_Point]) -> Markup:
    low, high = min(map(_value, points)), max(map(_value, points))
    height = (_HEIGHT - 2 * _MARGIN) / (high - low) if high > low else 0.0
    places = [
        (
            _across(i, len(all_values)),
            round(_HEIGHT - _MARGIN - (v - low) * height) if height else _HEIGHT // 2,
        )
        for i, v in points
    ]
    x, y = places[0]
    steps = [f"M{x} {y}"]
    for next_x, next_y in places[1:]:
        steps.append(f"l{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return Markup('<path d="{}"/><circle cx="{}" cy="{}" r="5"/>').format(
        "".join(steps), x, y
    )


def _ticks(trend: Trend) -> Markup:
    places = (_across(change.index, len(trend.medians)) for change in trend.changes)
    ticks = "".join(f"M{x} 0v{_HEIGHT}" for x in places)
    return (
        Markup('<path class="change" d="{}"/>').format(ticks) if ticks else Markup("")
    )


def _across(index: int, count: int) -> int:
    return _MARGIN + round((_WIDTH - 2 * _MARGIN) * index / max(count - 1, 1))
