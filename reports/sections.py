"""The sections of a page. matplotlib is loaded by those that hold plots alone: it
takes half a second, and many pages are rows of tables only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.document import Comparison, Report, Row
from reports.overview import exact_rows
from reports.scratch import grids
from reports.subjects import Subject
from reports.tables import Table
from reports.text import counted, shorten
from reports.verdicts import look, marked

if TYPE_CHECKING:
    from reports.panels import Panel

_HEADING_COLUMNS = 96


@dataclass(frozen=True)
class Section:
    """A benchmark, or a unit of all, with its plots."""

    id: str
    heading: str
    panels: tuple[Panel, ...]
    badge: str = ""
    tone: str = "calm"


@dataclass(frozen=True)
class Group:
    """Sections under one heading."""

    heading: str
    sections: tuple[Section, ...]
    layout: str = "wide"
    note: str = ""
    legend: tuple[tuple[str, str, str], ...] = ()
    table: Table | None = None


def _alone(panel: Panel) -> Section:
    return Section(f"section-{panel.id}", panel.heading, (panel,))


def _with_plots(make: Callable[..., Any], *arguments: Any) -> Any:
    from reports import panels, svg

    with svg.style():
        return make(panels, *arguments)


def of_comparison(comparison: Comparison) -> list[Group | None]:
    """The ratios of times, and the exact counts."""
    rows = [row for row in comparison.rows if row.role == "decides"]
    exact = exact_rows(comparison)
    units = dict.fromkeys(row.unit for row in exact)
    by_unit = [[row for row in exact if row.unit == unit] for unit in units]
    time = _with_plots(_time, rows) if rows else None
    memory = _with_plots(_memory, by_unit, _legend(comparison)) if exact else None
    return [time, memory]


def _time(panels: Any, rows: Sequence[Row]) -> Group:
    return Group("Time", (_alone(panels.ratios(rows)),))


def _memory(panels: Any, by_unit: Sequence[Sequence[Row]], legend: Any) -> Group:
    made = (panels.exact(f"exact-{i}", rows) for i, rows in enumerate(by_unit, 1))
    return Group("Memory", tuple(map(_alone, made)), "pairs", legend=legend)


def _legend(comparison: Comparison | None) -> tuple[tuple[str, str, str], ...]:
    if comparison is None:
        return ()
    labels = ", ".join(side.label for side in comparison.contenders)
    return (
        ("baseline", "○", f"baseline: {comparison.baseline.label}"),
        ("contender", "◆", f"contender: {labels}"),
    )


def of_scratch(report: Report) -> Group | None:
    """The kinds of scratch side by side, where a run has them."""
    found = grids(report.run.benchmarks)
    return _with_plots(_scratch, found) if found else None


def _scratch(panels: Any, found: Sequence[Any]) -> Group:
    made = (panels.scratch(f"scratch-{i}", grid) for i, grid in enumerate(found, 1))
    kinds = ", ".join(found[0].kinds)
    return Group(f"Scratch: {kinds}", tuple(map(_alone, made)))


def of_subjects(
    drawn: Sequence[Subject], of: int, report: Report, progress: Callable[[str], None]
) -> Group:
    """The benchmarks that are drawn in full."""
    return _with_plots(_subjects, drawn, of, report, progress)


def _subjects(
    panels: Any,
    drawn: Sequence[Subject],
    of: int,
    report: Report,
    progress: Callable[[str], None],
) -> Group:
    made = []
    for number, subject in enumerate(drawn, 1):
        progress(f"drawing {number} of {len(drawn)}  {subject.name}")
        made.append(_subject(panels, f"benchmark-{number}", subject, report.commit_url))
    single = all(len(section.panels) == 1 for section in made)
    left = of - len(drawn)
    note = f"{counted(len(drawn), 'benchmark')} of {of} in full: what changed, what "
    note += "is undecided, and what was chosen with --benchmark; the others below."
    return Group(
        "Benchmarks one by one",
        tuple(made),
        "grid" if single else "wide",
        note if left else "",
        _legend(report.comparison),
    )


def _subject(panels: Any, id_: str, subject: Subject, commit_url: str) -> Section:
    row = subject.clock()
    return Section(
        id_,
        shorten(subject.name, _HEADING_COLUMNS),
        tuple(panels.of_subject(id_, subject, commit_url)),
        marked(row) if row else "",
        look(row.verdict).tone if row else "calm",
    )


def of_noise(report: Report) -> Group:
    """What the machine shows where nothing changed."""
    return _with_plots(_noise, report)


def _noise(panels: Any, report: Report) -> Group:
    noise = report.noise
    found = [panels.false_alarms(noise)] if noise.comparisons.of else []
    if noise.benchmarks:
        found.append(panels.least_changes(noise))
    return Group("Where nothing changed", tuple(map(_alone, found)), "pairs")
