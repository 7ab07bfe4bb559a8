"""One benchmark with all that a report knows of it, and which are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.document import Benchmark, Comparison, Report, Row, Trend
from reports.verdicts import CLOCKS, look

# A figure takes some 50 ms to draw and 10 KB of the page.
MOST_IN_FULL = 50
# A suite of so few is drawn in full, whatever its verdicts.
_FEW = 12
# A change point among so many of the latest points is news.
_RECENT = 10
_DRAWN_VERDICTS = ("regression", "improvement", "undecided", "missing")


@dataclass(frozen=True)
class Subject:
    """A benchmark: its rows where it was compared, its own samples, its trends."""

    name: str
    rows: tuple[Row, ...] = ()
    benchmark: Benchmark | None = None
    trends: tuple[Trend, ...] = ()

    def clock(self) -> Row | None:
        """The row that decides."""
        return next((row for row in self.rows if row.role == "decides"), None)

    def clock_unit(self) -> str:
        """The unit of the clock that decides."""
        if row := self.clock():
            return row.unit
        return clock_of(self.benchmark) if self.benchmark else ""

    def trend(self, unit: str) -> Trend | None:
        """The history of `unit`."""
        return next((trend for trend in self.trends if trend.unit == unit), None)

    def drawn_trends(self) -> list[Trend]:
        """The clock's history, and those of other units that changed."""
        clock = self.clock_unit()
        return [
            trend
            for trend in self.trends
            if trend.count > 1 and (trend.unit == clock or trend.changes)
        ]

    def rank(self) -> int:
        """0 for what is most urgent to look at."""
        ranks = [look(row.verdict).rank for row in self.rows if row.verdict]
        return min(ranks, default=9)

    def is_news(self) -> bool:
        """Whether it changed, is undecided, or changed lately in its history."""
        return any(
            row.verdict in _DRAWN_VERDICTS and row.role in ("decides", "exact")
            for row in self.rows
        ) or any(_changed_lately(trend) for trend in self.trends)


def _changed_lately(trend: Trend) -> bool:
    first = trend.count - _RECENT
    return any(
        change.firm and not change.accepted and change.index >= first
        for change in trend.changes
    )


def clock_of(benchmark: Benchmark) -> str:
    """The unit of the clock that decides of `benchmark`; else its first unit."""
    units = [found.unit for found in benchmark.measurements]
    wanted = [benchmark.decided_by, *CLOCKS, *units[:1]]
    return next((unit for unit in wanted if unit in units), "")


def subjects(report: Report) -> list[Subject]:
    """All benchmarks of `report`, in its order, each with the trends that are
    its own: of its machine where there are several.
    """
    trends = _by_parts(_chosen(report), report.comparison)
    if report.comparison is None:
        return [
            Subject(one.name, (), one, trends.get(_parts(one.name, ()), ()))
            for one in report.run.benchmarks
        ]
    groups: dict[str, list[Row]] = {}
    for row in told_apart(report.comparison).rows:
        groups.setdefault(row.benchmark, []).append(row)
    names = _original_names(report.comparison)
    return [
        Subject(name, tuple(rows), None, trends.get(_parts(names[name], ()), ()))
        for name, rows in groups.items()
    ]


def _chosen(report: Report) -> Iterable[Trend]:
    """For each benchmark and unit the latest trend of the run's own machine:
    one that began anew, because the environment changed, takes over.
    """
    host = report.run.facts.get("host.name", "")
    best: dict[tuple[str, str], Trend] = {}
    for trend in report.history:
        key = (trend.benchmark, trend.unit)
        if key not in best or _fit(trend, host) > _fit(best[key], host):
            best[key] = trend
    return best.values()


def _fit(trend: Trend, host: str) -> tuple[bool, str, int]:
    return trend.host == host, trend.latest, trend.count


def _by_parts(
    trends: Iterable[Trend], comparison: Comparison | None
) -> dict[frozenset[str], tuple[Trend, ...]]:
    """The trends by the parts of their names. Of columns made of a key of the
    names, as `scratch:pooled`, a row's own trend is its contender's, whose part
    the row's name lacks.
    """
    columns = [side.label for side in comparison.contenders] if comparison else []
    found: dict[frozenset[str], list[Trend]] = {}
    for trend in trends:
        found.setdefault(_parts(trend.benchmark, columns), []).append(trend)
        if columns:
            found.setdefault(_parts(trend.benchmark, ()), []).append(trend)
    return {key: _once(values) for key, values in found.items()}


def _once(trends: Sequence[Trend]) -> tuple[Trend, ...]:
    return tuple({trend.unit: trend for trend in reversed(trends)}.values())[::-1]


def _parts(name: str, columns: Sequence[str]) -> frozenset[str]:
    return frozenset(
        part
        for part in name.split("/")
        if not columns or re.split("[:=]", part, maxsplit=1)[-1] not in columns
    )


def told_apart(comparison: Comparison) -> Comparison:
    """With the contender in each row's name where there are several."""
    if len(comparison.contenders) < 2:
        return comparison
    rows = (
        row._replace(benchmark=_told_name(row, comparison)) for row in comparison.rows
    )
    return comparison._replace(rows=tuple(rows))


def _told_name(row: Row, comparison: Comparison) -> str:
    return f"{row.benchmark} ({contender_label(row, comparison)})"


def _original_names(comparison: Comparison) -> dict[str, str]:
    told = told_apart(comparison).rows
    pairs = zip(told, comparison.rows, strict=True)
    return {new.benchmark: old.benchmark for new, old in pairs}


def contender_label(row: Row, comparison: Comparison) -> str:
    """The label of the contender that `row` is about."""
    index = row.contender_index
    known = 0 <= index < len(comparison.contenders)
    return comparison.contenders[index].label if known else f"#{index + 1}"


def in_full(found: Sequence[Subject], pattern: re.Pattern[str] | None) -> list[Subject]:
    """Those that are drawn, in their order: the chosen ones, then what is news,
    the most urgent first, as long as there is room.
    """
    chosen = [s for s in found if pattern and pattern.search(s.name)]
    small = len(found) <= _FEW
    news = [s for s in found if s not in chosen and (small or s.is_news())]
    drawn = [*chosen, *sorted(news, key=Subject.rank)][:MOST_IN_FULL]
    names = {subject.name for subject in drawn}
    return [subject for subject in found if subject.name in names]
