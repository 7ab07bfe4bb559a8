"""A trend in a line's height."""

from __future__ import annotations

from markupsafe import Markup, escape

from reports.document import Curve, Trend
from reports.text import counted, scale_for

# The field of a trend's `curve`.
_WIDTH, _HEIGHT, _MARGIN = 240, 56, 6


def sparkline(trend: Trend) -> Markup:
    """The curve of `trend`, its change points as ticks, its latest as a dot."""
    curve = trend.curve
    x, _, y = curve.path.partition("L")[2].partition(" ") if curve else ("", "", "")
    if not curve or not y:
        return Markup("")
    # Markup.format would take half of the time of a page of a thousand.
    return Markup(
        f'<svg class="spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(_label(trend, curve))}"><path d="{escape(curve.path)}"/>'
        f'<circle cx="{escape(x)}" cy="{escape(y)}" r="5"/>{_ticks(trend)}</svg>'
    )


def _label(trend: Trend, curve: Curve) -> str:
    scale = scale_for(trend.unit, [curve.low, curve.high])
    found = f"{trend.unit} over {counted(curve.runs, 'run')}: "
    found += f"{scale.number(curve.low)} to {scale.show(curve.high)}"
    changes = len(trend.changes)
    return f"{found}, {counted(changes, 'change point')}" if changes else found


def _ticks(trend: Trend) -> str:
    places = (_across(change.index, trend.count) for change in trend.changes)
    ticks = "".join(f"M{x} 0v{_HEIGHT}" for x in places)
    return f'<path class="change" d="{ticks}"/>' if ticks else ""


def _across(index: int, count: int) -> int:
    return _MARGIN + round((_WIDTH - 2 * _MARGIN) * index / max(count - 1, 1))
