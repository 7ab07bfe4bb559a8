"""Puts the plots, sentences and tables of a report on one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import jinja2
from markupsafe import Markup
from matplotlib.figure import Figure

from reports import sentences, svg, tables
from reports.document import Benchmark, Comparison, Measurement, Report, Row
from reports.dumbbell import dumbbell
from reports.forest import NARROW, WIDE, forest
from reports.strip import Series, strip
from reports.tables import Table
from reports.text import common_prefix, counted, percent, shorten
from reports.verdicts import CLOCKS, look, marked

T = TypeVar("T")
# A figure takes some 50 ms to draw and 10 KB of the page.
MOST_FIGURES = 50
_HEADING_COLUMNS = 96


@dataclass(frozen=True)
class Panel:
    """A plot with its name, what it shows, and the numbers behind it."""

    id: str
    heading: str
    badge: str
    tone: str
    drawings: tuple[Markup, ...]
    sentence: str
    table: Table


@dataclass(frozen=True)
class Tile:
    """One unit in the verdict box: its geomean and how its verdicts add up."""

    heading: str
    geomean: str
    note: str
    tally: list[tuple[str, str, int]]


def render(report: Report) -> str:
    """The page of `report`: HTML that needs nothing else."""
    with svg.style():
        view = _compared(report, report.comparison) if report.comparison else {}
        context = {"report": report, **_plain(report), **view}
        return _template().render(context)


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


def _plain(report: Report) -> dict[str, object]:
    """What a page without a comparison shows."""
    benchmarks = report.run.benchmarks[:MOST_FIGURES]
    panels = [] if report.comparison else _numbered("samples", benchmarks, _run_panel)
    return {
        "title": shorten(report.run.label or "one run", _HEADING_COLUMNS),
        "facts": tables.facts(report),
        "ratio_panel": None,
        "exact_panels": [],
        "sample_panels": panels,
        "undrawn": max(0, len(report.run.benchmarks) - MOST_FIGURES),
        "most_figures": MOST_FIGURES,
        "remaining": None if report.comparison else tables.of_run(report.run),
        "commits": sentences.commits(report),
    }


def _compared(report: Report, comparison: Comparison) -> dict[str, object]:
    comparison = _told_apart(comparison)
    rows = [row for row in comparison.rows if row.role == "decides"]
    drawn = _most_telling(rows)
    names = {side.label for side in comparison.contenders}
    return {
        "title": " → ".join([comparison.baseline.label, *sorted(names)]),
        "verdict": _verdict_box(report, comparison, rows),
        "ratio_panel": _ratio_panel(rows, drawn) if rows else None,
        "exact_panels": _exact_panels(comparison),
        "sample_panels": _numbered("samples", drawn, _sample_panel),
        "undrawn": len(rows) - len(drawn),
        "remaining": tables.remaining(comparison),
    }


def _told_apart(comparison: Comparison) -> Comparison:
    """With the contender in each row's name where there are several."""
    if len(comparison.contenders) < 2:
        return comparison
    rows = (
        replace(
            row,
            benchmark=f"{row.benchmark} ({tables.contender_label(row, comparison)})",
        )
        for row in comparison.rows
    )
    return replace(comparison, rows=tuple(rows))


def _most_telling(rows: Sequence[Row]) -> list[Row]:
    """As many rows as are drawn, alarms first where there are too many, in the
    order of the document.
    """
    by_rank = sorted(range(len(rows)), key=lambda i: look(rows[i].verdict).rank)
    return [rows[i] for i in sorted(by_rank[:MOST_FIGURES])]


def _exact_rows(comparison: Comparison) -> list[Row]:
    """Rows of exact units; of frees, which follow allocations, what got worse."""
    return [
        row
        for row in comparison.rows
        if row.role == "exact"
        and (row.unit != "frees/op" or row.verdict == "regression")
    ]


def _verdict_box(
    report: Report, comparison: Comparison, rows: Sequence[Row]
) -> dict[str, object]:
    exact = _exact_rows(comparison)
    return {
        "headline": sentences.headline(rows),
        "tone": _tone([*rows, *exact]),
        "tiles": _tiles(comparison, [*rows, *exact]),
        "outcome": sentences.outcome(comparison),
        "decided": sentences.decided(comparison),
        "measured": sentences.measured(comparison, rows or comparison.rows),
        "self_check": sentences.self_check(comparison),
        "bound": sentences.largest_bound(rows),
    }


def _tone(rows: Sequence[Row]) -> str:
    """The tone of the worst verdict."""
    found = {look(row.verdict).tone for row in rows}
    order = ("worse", "unsure", "better")
    return next((tone for tone in order if tone in found), "calm")


def _tiles(comparison: Comparison, rows: Sequence[Row]) -> list[Tile]:
    """A tile for each contender and unit that is judged."""
    means = {
        (mean.contender_index, mean.unit): mean.delta_percent
        for mean in comparison.geomean
    }
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.contender_index, row.unit), []).append(row)
    return [
        _tile(comparison, mine, percent(means.get(key), "no geomean"))
        for key, mine in groups.items()
    ]


def _tile(comparison: Comparison, rows: Sequence[Row], geomean: str) -> Tile:
    several = len(comparison.contenders) > 1
    label = f"{tables.contender_label(rows[0], comparison)}: " if several else ""
    constant = all(sentences.precision(row) == "exact" for row in rows)
    exact = rows[0].role == "exact" and constant
    kind = "exact" if exact else f"n = {sentences.sizes(rows)} a side"
    note = f"geomean over {counted(len(rows), 'benchmark')}, {kind}"
    return Tile(f"{label}{rows[0].unit}", geomean, note, sentences.tally(rows))


def _ratio_panel(rows: Sequence[Row], drawn: Sequence[Row]) -> Panel:
    by_effect = sorted(drawn, key=_effect, reverse=True)
    names = _plot_names(by_effect)
    sentence = sentences.forest_sentence(rows)
    drawings = [
        _drawing(f"ratio-{kind}", forest(by_effect, names, shape), "Ratios", sentence)
        for kind, shape in (("wide", WIDE), ("narrow", NARROW))
    ]
    clocks = sorted({row.unit for row in rows})
    heading = f"Time, contender against baseline ({', '.join(clocks)} decides)"
    table = tables.of_ratios(rows)
    return Panel("ratio", heading, "", "calm", tuple(drawings), sentence, table)


def _effect(row: Row) -> float:
    interval = row.hodges_lehmann
    return interval.ratio if interval and interval.ratio else 0.0


def _plot_names(rows: Sequence[Row]) -> list[str]:
    """Names without the parts that all of them begin with."""
    prefix = common_prefix(row.benchmark for row in rows)
    return [row.benchmark.removeprefix(prefix) for row in rows]


def _drawing(prefix: str, figure: Figure, title: str, description: str) -> Markup:
    return Markup(svg.inline(figure, prefix, title, description))


def _exact_panels(comparison: Comparison) -> list[Panel]:
    exact = _exact_rows(comparison)
    units = dict.fromkeys(row.unit for row in exact)
    groups = [[row for row in exact if row.unit == unit] for unit in units]
    return _numbered("exact", groups, _exact_panel)


def _exact_panel(id_: str, rows: Sequence[Row]) -> Panel:
    drawn = _most_telling(rows)
    sentence = sentences.exact_sentence(rows)
    figure = dumbbell(drawn, _plot_names(drawn))
    drawing = _drawing(f"{id_}-plot", figure, f"{rows[0].unit} of each", sentence)
    table = tables.of_exact(rows)
    return Panel(id_, rows[0].unit, "", "calm", (drawing,), sentence, table)


def _numbered(
    stem: str, items: Iterable[T], make: Callable[[str, T], Panel]
) -> list[Panel]:
    return [make(f"{stem}-{number}", item) for number, item in enumerate(items, 1)]


def _sample_panel(id_: str, row: Row) -> Panel:
    series = [
        Series(row.baseline_samples, row.baseline),
        Series(row.contender_samples, row.contender, is_contender=True),
    ]
    sentence = sentences.strip_sentence(row)
    heading = shorten(row.benchmark, _HEADING_COLUMNS)
    drawing = _drawing(f"{id_}-plot", strip(row.unit, series), heading, sentence)
    tone, table = look(row.verdict).tone, tables.of_samples(row)
    return Panel(id_, heading, marked(row), tone, (drawing,), sentence, table)


def _run_panel(id_: str, benchmark: Benchmark) -> Panel:
    chosen = _clock_of(benchmark)
    heading = shorten(benchmark.name, _HEADING_COLUMNS)
    sentence = f"{chosen.unit} of each sample, n = {chosen.count()}; not compared."
    figure = strip(chosen.unit, [Series(chosen.values, None)])
    drawing = _drawing(f"{id_}-plot", figure, heading, sentence)
    table = tables.of_measurements(benchmark)
    return Panel(id_, heading, "", "calm", (drawing,), sentence, table)


def _clock_of(benchmark: Benchmark) -> Measurement:
    by_unit = {found.unit: found for found in benchmark.measurements}
    first = next(iter(benchmark.measurements), Measurement("no metric", ()))
    return next((by_unit[unit] for unit in CLOCKS if unit in by_unit), first)
