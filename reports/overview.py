"""The first screen: what came out, on which machine, and how it was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import sentences, tables, trend_sentences
from reports.document import Comparison, Report, Row
from reports.subjects import clock_of, contender_label, subjects
from reports.text import counted, percent, shorten
from reports.verdicts import look

_HEADING_COLUMNS = 96


@dataclass(frozen=True)
class Tile:
    """One unit in the verdict box: its geomean and how its verdicts add up."""

    heading: str
    geomean: str
    note: str
    tally: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Overview:
    """What the first screen says; `facts` are names and texts."""

    title: str
    headline: str
    tone: str
    tiles: list[Tile]
    facts: list[tuple[str, str]]
    warnings: tuple[str, ...] = ()


def exact_rows(comparison: Comparison) -> list[Row]:
    """Rows of exact units; of frees, which follow allocations, what got worse."""
    return [
        row
        for row in comparison.rows
        if row.role == "exact"
        and (row.unit != "frees/op" or row.verdict == "regression")
    ]


def overview(report: Report, comparison: Comparison | None) -> Overview:
    """Of a comparison, else of a run."""
    if comparison is None:
        return _of_run(report)
    rows = [row for row in comparison.rows if row.role == "decides"]
    exact = exact_rows(comparison)
    names = sorted({side.label for side in comparison.contenders})
    facts = [
        *_where(report),
        ("Measured", sentences.measured(comparison, rows or comparison.rows)),
        ("Noise", sentences.noise(report, rows)),
        ("Self-check", sentences.self_check(comparison)),
        ("Largest bound", sentences.largest_bound(rows)),
        ("Decided", sentences.decided(comparison)),
        ("Outcome", sentences.outcome(comparison)),
    ]
    return Overview(
        " → ".join([comparison.baseline.label, *names]),
        sentences.headline(rows),
        _tone([*rows, *exact]),
        _tiles(comparison, [*rows, *exact]),
        facts,
        tuple(dict.fromkeys([*comparison.warnings, *report.run.warnings])),
    )


def of_noise(report: Report) -> Overview:
    """Of the page about the machine's noise."""
    noise = report.noise
    headline = trend_sentences.of_alarms(noise) if noise else "No noise is recorded"
    title = f"Noise of {noise.host if noise and noise.host else 'this machine'}"
    return Overview(title, headline.split(": ")[0], "calm", [], _where(report))


def _of_run(report: Report) -> Overview:
    found = report.run.benchmarks
    clocks = (m for one in found for m in one.measurements if m.unit == clock_of(one))
    sizes = sorted({clock.center.n for clock in clocks})
    span = " to ".join(str(n) for n in dict.fromkeys(sizes[:1] + sizes[-1:]))
    facts = [
        *_where(report),
        ("Measured", f"{counted(len(found), 'benchmark')}, n = {span or 0} each"),
        ("Noise", sentences.noise(report, ())),
        ("History", _history(report)),
    ]
    title = shorten(report.run.label or "one run", _HEADING_COLUMNS)
    headline = f"{counted(len(found), 'benchmark')} measured, compared with nothing"
    return Overview(title, headline, "calm", [], facts, report.run.warnings)


def _history(report: Report) -> str:
    found = subjects(report)
    runs = max((t.count for subject in found for t in subject.trends), default=0)
    if runs < 2:
        return "of this run alone"
    news = sum(subject.is_news() for subject in found)
    return (
        f"{runs} runs; {counted(news, 'benchmark') if news else 'none'} changed lately"
    )


def _where(report: Report) -> list[tuple[str, str]]:
    known = dict(tables.facts(report))
    machine, name = known.get("host.cpu", "not stated"), known.get("host.name")
    build, isa = known.get("build.compiler", "compiler not stated"), known.get("isa")
    return [
        ("Machine", f"{machine} ({name})" if name else machine),
        ("Build", f"{build}, {isa}" if isa else build),
        ("Commit", sentences.commits(report)),
    ]


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
    label = f"{contender_label(rows[0], comparison)}: " if several else ""
    constant = all(sentences.precision(row) == "exact" for row in rows)
    exact = rows[0].role == "exact" and constant
    kind = "exact" if exact else f"n = {sentences.sizes(rows)} a side"
    note = f"geomean over {counted(len(rows), 'benchmark')}, {kind}"
    return Tile(f"{label}{rows[0].unit}", geomean, note, sentences.tally(rows))
