"""Panels: a plot with its name, what it shows, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports import advice, sentences, svg, tables, trend_sentences, trend_tables
from reports.conv import MARKS, conv
from reports.conv import NARROW as CONV_NARROW
from reports.conv import WIDE as CONV_WIDE
from reports.document import Benchmark, Noise, Row, Trend
from reports.dumbbell import dumbbell
from reports.forest import NARROW, WIDE, forest
from reports.history import history
from reports.noise import alarms, spread
from reports.scratch import Grid
from reports.strip import Series, strip
from reports.subjects import MOST_IN_FULL, Subject, clock_of
from reports.tables import Table
from reports.text import common_prefix
from reports.verdicts import look


@dataclass(frozen=True)
class Panel:
    """A plot, wide and narrow where there are two, and what goes with it."""

    id: str
    heading: str
    drawings: tuple[Markup, ...]
    sentence: str
    table: Table
    notes: tuple[Markup, ...] = ()
    legend: tuple[tuple[str, str, str], ...] = ()


def _drawn(id_: str, heading: str, figures: dict[str, Callable], says: str) -> tuple:
    return tuple(
        Markup(svg.inline(make(), f"{id_}-{kind}", heading, says))
        for kind, make in figures.items()
    )


def most_telling(rows: Sequence[Row]) -> list[Row]:
    """As many rows as one plot holds, alarms first where there are too many, in
    the order of the document.
    """
    by_rank = sorted(range(len(rows)), key=lambda i: look(rows[i].verdict).rank)
    return [rows[i] for i in sorted(by_rank[:MOST_IN_FULL])]


def by_effect(rows: Sequence[Row]) -> list[Row]:
    """The most telling of `rows`, the largest ratio first."""
    return sorted(most_telling(rows), key=_effect, reverse=True)


def _effect(row: Row) -> float:
    interval = row.hodges_lehmann
    return interval.ratio if interval and interval.ratio else 0.0


def plot_names(rows: Sequence[Row]) -> list[str]:
    """Names without the parts that all of them begin with."""
    prefix = common_prefix(row.benchmark for row in rows)
    return [row.benchmark.removeprefix(prefix) for row in rows]


def ratios(rows: Sequence[Row]) -> Panel:
    """The effects on the clock that decides."""
    shown = by_effect(rows)
    names = plot_names(shown)
    clocks = sorted({row.unit for row in rows})
    heading = f"Time, contender against baseline ({', '.join(clocks)} decides)"
    says = f"{sentences.forest_sentence(rows)} {advice.on_times(rows)}"
    figures = {
        "wide": lambda: forest(shown, names, WIDE),
        "narrow": lambda: forest(shown, names, NARROW),
    }
    drawings = _drawn("ratio", heading, figures, says)
    return Panel("ratio", heading, drawings, says, tables.of_ratios(rows))


def exact(id_: str, rows: Sequence[Row]) -> Panel:
    """Exact values of one unit, from baseline to contender."""
    shown = most_telling(rows)
    says = f"{sentences.exact_sentence(rows)} {advice.on_exact(rows)}"
    figures = {"plot": lambda: dumbbell(shown, plot_names(shown))}
    drawings = _drawn(id_, f"{rows[0].unit} of each", figures, says)
    return Panel(id_, rows[0].unit, drawings, says, tables.of_exact(rows))


def compared_samples(id_: str, row: Row) -> Panel:
    """The samples of both sides."""
    series = strip_series(row)
    says = f"{sentences.strip_sentence(row)} {advice.on_samples(row)}"
    heading = f"Samples of {row.unit}"
    figures = {"plot": lambda: strip(row.unit, series)}
    drawings = _drawn(id_, f"{heading}: {row.benchmark}", figures, says)
    return Panel(id_, heading, drawings, says, tables.of_samples(row))


def strip_series(row: Row) -> list[Series]:
    """Both sides of `row`."""
    return [
        Series(row.baseline_samples, row.baseline),
        Series(row.contender_samples, row.contender, is_contender=True),
    ]


def own_samples(id_: str, benchmark: Benchmark) -> Panel:
    """The samples of a benchmark that is compared with nothing."""
    unit = clock_of(benchmark)
    series = own_series(benchmark)
    n = sum(value is not None for value in series.samples)
    median = sentences.own_median(unit, series.center, n)
    says = f"{unit or 'Nothing'} of each sample, {median}; not compared. "
    says += "A slope or a step would be the machine's doing."
    heading = f"Samples of {unit}"
    figures = {"plot": lambda: strip(unit, [series])}
    drawings = _drawn(id_, f"{heading}: {benchmark.name}", figures, says)
    return Panel(id_, heading, drawings, says, tables.of_measurements(benchmark))


def own_series(benchmark: Benchmark) -> Series:
    """The samples of the clock that decides."""
    unit = clock_of(benchmark)
    for found in benchmark.measurements:
        if found.unit == unit:
            return Series(found.values, found.center if found.center.n else None)
    return Series((), None)


def trend(id_: str, found: Trend, commit_url: str) -> Panel:
    """The history of one unit."""
    says = f"{trend_sentences.of_trend(found)} {advice.on_trend(found)}"
    heading = f"History of {found.unit}"
    figures = {"plot": lambda: history(found)}
    drawings = _drawn(id_, f"{heading}: {found.benchmark}", figures, says)
    table = trend_tables.of_trend(found, commit_url)
    notes = trend_tables.changes(found, commit_url)
    return Panel(id_, heading, drawings, says, table, notes)


def of_subject(id_: str, subject: Subject, commit_url: str) -> list[Panel]:
    """All plots of one benchmark."""
    made = []
    if row := subject.clock():
        made.append(compared_samples(f"{id_}-samples", row))
    elif subject.benchmark:
        made.append(own_samples(f"{id_}-samples", subject.benchmark))
    for number, found in enumerate(subject.drawn_trends(), 1):
        made.append(trend(f"{id_}-history-{number}", found, commit_url))
    return made


def scratch(id_: str, grid: Grid) -> Panel:
    """One unit of the kinds of scratch."""
    says = f"{trend_sentences.of_grid(grid)} {advice.on_scratch(grid.unit)}"
    figures = {
        "wide": lambda: conv(grid, CONV_WIDE),
        "narrow": lambda: conv(grid, CONV_NARROW),
    }
    drawings = _drawn(id_, f"{grid.unit} by kind of scratch", figures, says)
    legend = tuple(
        (tone, mark, kind)
        for tone, mark, kind in zip(
            ("baseline", "contender", "third"), MARKS, grid.kinds, strict=False
        )
    )
    table = trend_tables.of_grid(grid)
    return Panel(id_, grid.unit, drawings, says, table, (), legend)


def false_alarms(noise: Noise) -> Panel:
    """The rate of false alarms."""
    heading = "False alarms between identical builds"
    says = f"{trend_sentences.of_alarms(noise)} {advice.on_alarms(noise)}"
    drawings = _drawn("alarms", heading, {"plot": lambda: alarms(noise)}, says)
    return Panel("alarms", heading, drawings, says, trend_tables.of_rates(noise))


def least_changes(noise: Noise) -> Panel:
    """The smallest change that each benchmark can show."""
    heading = "The smallest change it can see"
    shown = widest(noise)
    says = f"{trend_sentences.of_spread(noise)} {advice.on_spread()}"
    drawings = _drawn("spread", heading, {"plot": lambda: spread(shown)}, says)
    return Panel("spread", heading, drawings, says, trend_tables.of_spread(noise))


def widest(noise: Noise) -> list:
    """As many benchmarks as one plot holds, those that can show least first."""
    return sorted(noise.benchmarks, key=lambda one: -(one.detectable or 1e9))[
        :MOST_IN_FULL
    ]
