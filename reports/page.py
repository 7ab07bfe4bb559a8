"""Puts the plots, sentences and tables of a report on one HTML page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from reports import sections, tables
from reports.document import Comparison, Report
from reports.node import NoBenchmarkError
from reports.overview import of_noise, overview
from reports.rest import rest
from reports.sections import Group
from reports.subjects import in_full, subjects, told_apart
from reports.tables import Table

if TYPE_CHECKING:
    from reports.subjects import Subject

KINDS = ("report", "conv", "noise")


@dataclass(frozen=True)
class Wish:
    """What a page is to show, and who is told how far it has come."""

    kind: str = "report"
    benchmark: re.Pattern[str] | None = None
    progress: Callable[[str], None] = lambda _: None


def render(report: Report, wish: Wish = Wish()) -> str:
    """The page of `report`: HTML that needs nothing else."""
    comparison = told_apart(report.comparison) if report.comparison else None
    view = of_noise(report) if wish.kind == "noise" else overview(report, comparison)
    groups = {"report": _report, "conv": _conv, "noise": _noise}[wish.kind](
        report, wish
    )
    context = {
        "report": report,
        "view": view,
        "groups": [group for group in groups if group],
        "remaining": _remaining(comparison) if wish.kind == "report" else None,
        "facts": tables.facts(report),
    }
    return _template().render(context)


def _remaining(comparison: Comparison | None) -> Table | None:
    return tables.remaining(comparison) if comparison else None


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        optimized=False,  # which takes longer than it spares
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


def _report(report: Report, wish: Wish) -> list[Group | None]:
    found = subjects(report)
    _check_found(found, wish.benchmark)
    drawn = in_full(found, wish.benchmark)
    names = {subject.name for subject in drawn}
    others = [subject for subject in found if subject.name not in names]
    return [
        *_compared(report),
        sections.of_scratch(report),
        _drawn(drawn, found, report, wish),
        _others(others),
    ]


def _check_found(found: Sequence[Subject], pattern: re.Pattern[str] | None) -> None:
    if pattern and not any(pattern.search(subject.name) for subject in found):
        raise NoBenchmarkError(
            f"no benchmark matches --benchmark {pattern.pattern}",
            f"there are {len(found)}, such as: "
            + ", ".join(subject.name for subject in found[:3]),
        )


def _compared(report: Report) -> list[Group | None]:
    comparison = told_apart(report.comparison) if report.comparison else None
    return sections.of_comparison(comparison) if comparison else []


def _drawn(
    drawn: Sequence[Subject], found: Sequence[Subject], report: Report, wish: Wish
) -> Group | None:
    if not drawn:
        return None
    return sections.of_subjects(drawn, len(found), report, wish.progress)


def _others(others: Sequence[Subject]) -> Group | None:
    table = rest(others)
    return Group("All others, a row each", (), table=table) if table else None


def _conv(report: Report, wish: Wish) -> list[Group | None]:
    return [sections.of_scratch(report), *_compared(report)]


def _noise(report: Report, wish: Wish) -> list[Group | None]:
    return [sections.of_noise(report)] if report.noise else []
