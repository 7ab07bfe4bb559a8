"""The numbers under the plots of history, scratch and noise."""

from __future__ import annotations

import re

from markupsafe import Markup

from reports.document import AlarmRate, Center, ChangePoint, Noise, Number, Trend
from reports.scratch import Grid
from reports.tables import Table
from reports.text import (
    change,
    exact,
    minus,
    percent,
    plain,
    scale_for,
    share,
    shorten,
)
from reports.verdicts import EXACT

_NAME_COLUMNS = 160
_HASH = re.compile("[0-9a-f]{7,64}")


def commit(hash_: str, url: str) -> Markup:
    """A commit's short name, a link to its page where one is known."""
    name = hash_[:12] or "no commit"
    if not url or not _HASH.fullmatch(hash_):
        return Markup("<bdi>{}</bdi>").format(name)
    link = '<a href="{}" rel="noreferrer">{}</a>'
    return Markup(link).format(url + hash_, name)


def changes(trend: Trend, url: str) -> tuple[Markup, ...]:
    """A line for each change point."""
    return tuple(
        Markup("{}: {}").format(commit(found.commit, url), _told(trend, found))
        for found in trend.changes
    )


def _told(trend: Trend, found: ChangePoint) -> str:
    scale = scale_for(trend.unit, [found.before, found.after])
    ends = (
        exact(end, trend.unit) if trend.unit in EXACT else scale.show(end)
        for end in (found.before, found.after)
    )
    text = f"{percent(found.delta_percent, 'changed')}, {' → '.join(ends)}"
    if not found.firm:
        text += ", not firm yet: too few runs after it"
    return f"{text}, accepted: {found.accepted}" if found.accepted else text


def of_trend(trend: Trend, url: str) -> Table:
    """Every point, the newest first."""
    headings = ("commit", "time", f"median, {trend.unit}", "low", "high", "n", "change")
    marks = {found.index: percent(found.delta_percent, "") for found in trend.changes}
    columns = zip(
        trend.points.commits,
        trend.points.times,
        trend.points.medians,
        trend.points.lows,
        trend.points.highs,
        trend.points.sizes,
        strict=True,
    )
    rows = [
        (commit(hash_, url), time, *map(_value, numbers), str(n), marks.get(i, ""))
        for i, (hash_, time, *numbers, n) in enumerate(columns)
    ]
    caption = f"{trend.benchmark}, {trend.unit}"
    return Table(caption, headings, tuple(reversed(rows)))


def _value(value: Number) -> str:
    return "" if value is None else plain(value)


def of_grid(grid: Grid) -> Table:
    """The medians of every kind, and how each relates to the first."""
    first, *others = grid.kinds
    headings = ("benchmark", first)
    for kind in others:
        headings += (kind, f"change from {first}")
    rows = []
    for cell in grid.cells:
        values = [_center(cell.centers.get(first), grid.unit)]
        for kind in others:
            values.append(_center(cell.centers.get(kind), grid.unit))
            values.append(_change(cell.centers.get(first), cell.centers.get(kind)))
        name = " ".join(filter(None, (cell.panel, cell.name)))
        rows.append((shorten(name, _NAME_COLUMNS), *values))
    return Table(f"{grid.unit}, medians", headings, tuple(rows))


def _center(center: Center | None, unit: str) -> str:
    if center is None or center.center is None:
        return "unmeasured"
    scale = scale_for(unit, [center.center])
    ends = f"[{scale.number(center.low)}, {scale.number(center.high)}]"
    exactly = unit in EXACT and center.low == center.high == center.center
    return f"{scale.show(center.center)} {'exact' if exactly else ends} n={center.n}"


def _change(first: Center | None, other: Center | None) -> str:
    if not first or not other or not first.center or other.center is None:
        return "no ratio"
    return change(other.center / first.center)


def of_rates(noise: Noise) -> Table:
    """The false alarms of comparisons and rows."""
    headings = ("of", "false alarms", "in all", "rate", "interval")
    rates = (("comparisons", noise.comparisons), ("rows", noise.rows))
    rows = tuple((name, *_rate(rate, noise)) for name, rate in rates)
    return Table("False alarms of comparisons of a program with itself", headings, rows)


def _rate(rate: AlarmRate, noise: Noise) -> tuple[str, ...]:
    known = share(rate.alarms / rate.of) if rate.of else "none recorded"
    interval = f"[{share(rate.low)}, {share(rate.high)}] {share(noise.confidence)}"
    return str(rate.alarms), str(rate.of), known, interval


def of_spread(noise: Noise) -> Table:
    """What each benchmark varies by, and the least change it can show."""
    headings = ("benchmark", "unit", "n", "cv", "can see", "tau", "A/A", "A/A range")
    rows = tuple(
        (
            shorten(one.benchmark, _NAME_COLUMNS),
            one.unit,
            str(one.n),
            _percentage(one.cv),
            _percentage(one.detectable, "n too small"),
            f"{_percentage(one.tau)} ({one.tau_origin})",
            str(len(one.effects)),
            _range([effect for effect in one.effects if effect is not None]),
        )
        for one in noise.benchmarks
    )
    return Table("Noise of each benchmark", headings, rows)


def _percentage(value: Number, otherwise: str = "unknown") -> str:
    return otherwise if value is None else minus(f"{100 * value:.3g}%")


def _range(effects: list[float]) -> str:
    if not effects:
        return "none"
    return f"{percent(100 * min(effects))} to {percent(100 * max(effects))}"
