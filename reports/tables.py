"""The numbers under each plot, as tables of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reports import sentences
from reports.document import Benchmark, Center, Comparison, Number, Report, Row
from reports.text import change, exact, minus, percent, plain, scale_for, share, shorten
from reports.verdicts import marked

_NAME_COLUMNS = 160


@dataclass(frozen=True)
class Table:
    """A caption, column headings, and rows of which the first cell is the name."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def of_ratios(rows: Sequence[Row]) -> Table:
    """The deciding clock of every benchmark, drawn or not."""
    headings = (
        "benchmark",
        "verdict",
        "effect (Hodges-Lehmann)",
        "interval",
        "bound (95%)",
        "tau",
        "p",
        "baseline median",
        "contender median",
        "unit",
        "why",
    )
    caption = "Contender against baseline, the clock that decides"
    return Table(caption, headings, tuple(_ratio_cells(row) for row in rows))


def _ratio_cells(row: Row) -> tuple[str, ...]:
    interval = row.hodges_lehmann
    limits = (interval.low, interval.high) if interval else (None, None)
    confidence = share(interval.confidence) if interval else ""
    return (
        _name(row),
        marked(row),
        change(interval.ratio if interval else None, "no estimate"),
        f"[{change(limits[0])}, {change(limits[1])}] {confidence}".rstrip(),
        percent(None if row.bound is None else 100 * row.bound),
        "" if row.tau is None else f"±{share(row.tau)} ({row.tau_origin})",
        _p(row.p_value),
        *_medians(row),
        row.unit,
        "; ".join(part for part in (row.rule, *row.warnings) if part),
    )


def _name(row: Row) -> str:
    return shorten(row.benchmark, _NAME_COLUMNS)


def _p(value: Number) -> str:
    return "no test" if value is None else minus(f"{value:.3g}")


def _medians(row: Row) -> tuple[str, str]:
    sides: list[Center | None] = [row.baseline, row.contender]
    scale = scale_for(row.unit, [side.center for side in sides if side])
    baseline, contender = (sentences.median(side, scale) for side in sides)
    return baseline, contender


def of_exact(rows: Sequence[Row]) -> Table:
    """Exact values, in full."""
    headings = (
        "benchmark",
        "verdict",
        "baseline",
        "contender",
        "difference",
        "change",
        "precision",
        "n",
        "why",
    )
    caption = f"{rows[0].unit}, baseline and contender"
    return Table(caption, headings, tuple(_exact_cells(row) for row in rows))


def _exact_cells(row: Row) -> tuple[str, ...]:
    sides = (row.baseline, row.contender)
    values = [exact_center(side, row.unit) for side in sides]
    counts = [str(side.n) if side else "0" for side in sides]
    return (
        _name(row),
        marked(row),
        *values,
        exact(row.difference, row.unit),
        percent(row.delta_percent, "no ratio"),
        sentences.precision(row),
        " + ".join(counts),
        "; ".join(part for part in (row.rule, *row.warnings) if part),
    )


def exact_center(side: Center | None, unit: str) -> str:
    """The value of one side in full; `absent` where only the other side ran."""
    return "absent" if side is None else exact(side.center, unit)


def of_samples(row: Row) -> Table:
    """Every sample of one benchmark, one unit, in the order measured."""
    pairs = zip_longest(row.baseline_samples, row.contender_samples)
    cells = tuple(
        (str(number), *(exact(value, row.unit) for value in pair))
        for number, pair in enumerate(pairs, 1)
    )
    headings = ("sample", f"baseline, {row.unit}", f"contender, {row.unit}")
    return Table(row.benchmark, headings, cells)


def of_measurements(benchmark: Benchmark) -> Table:
    """Every sample of one benchmark of a run, a column a unit."""
    found = benchmark.measurements
    samples = zip_longest(*(measurement.values for measurement in found))
    cells = tuple(
        (str(number), *(_value(value) for value in values))
        for number, values in enumerate(samples, 1)
    )
    headings = ("sample", *(measurement.unit for measurement in found))
    return Table(benchmark.name, headings, cells)


def _value(value: Number) -> str:
    return "unmeasured" if value is None else plain(value)


def remaining(comparison: Comparison) -> Table | None:
    """The rows that no plot shows: other clocks, counters, near-exact metrics."""
    rows = [row for row in comparison.rows if row.role not in ("decides", "exact")]
    if not rows:
        return None
    headings = (
        "benchmark",
        "unit",
        "verdict",
        "baseline median",
        "contender median",
        "change of medians",
        "effect (Hodges-Lehmann)",
        "p",
    )
    cells = tuple(_remaining_cells(row) for row in rows)
    return Table("Metrics that are shown and do not decide", headings, cells)


def _remaining_cells(row: Row) -> tuple[str, ...]:
    return (
        _name(row),
        row.unit,
        marked(row),
        *_medians(row),
        percent(row.delta_percent, "no ratio"),
        sentences.effect(row),
        _p(row.p_value),
    )


def facts(report: Report) -> list[tuple[str, str]]:
    """What is known of the machine and the build: those that both sides share,
    or those of the run.
    """
    shared = report.comparison.environment if report.comparison else {}
    return sorted({**report.run.facts, **shared}.items())
