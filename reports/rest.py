"""Benchmarks that are not drawn in full: a line each."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reports import sentences
from reports.document import Center
from reports.sparkline import sparkline
from reports.subjects import Subject
from reports.tables import Table
from reports.text import UNMEASURED, exact, scale_for, share, shorten
from reports.verdicts import marked

_NAME_COLUMNS = 120
_COUNTS = ("B/op", "allocs/op")


def rest(subjects: Sequence[Subject]) -> Table | None:
    """Each with its history in a line's height, its latest value and counts."""
    if not subjects:
        return None
    compared = any(subject.rows for subject in subjects)
    headings = ("benchmark", "history", "latest", "interval", "n", *_COUNTS)
    if compared:
        headings += ("effect (Hodges-Lehmann)", "verdict")
    cells = tuple(_cells(subject, compared) for subject in subjects)
    return Table("A row for each of the other benchmarks", headings, cells)


def _cells(subject: Subject, compared: bool) -> tuple[str, ...]:
    trend = subject.trend(subject.clock_unit())
    centers = _centers(subject)
    cells = (
        shorten(subject.name, _NAME_COLUMNS),
        sparkline(trend) if trend else Markup(""),
        *_latest(centers.get(subject.clock_unit()), subject.clock_unit()),
        *(_count(centers.get(unit), unit) for unit in _COUNTS),
    )
    row = subject.clock()
    if not compared:
        return cells
    return (*cells, sentences.effect(row), marked(row)) if row else (*cells, "", "")


def _centers(subject: Subject) -> dict[str, Center | None]:
    if subject.benchmark:
        return {found.unit: found.center for found in subject.benchmark.measurements}
    return {row.unit: row.contender or row.baseline for row in subject.rows}


def _latest(center: Center | None, unit: str) -> tuple[str, str, str]:
    if center is None or center.center is None:
        return UNMEASURED, "", "0"
    scale = scale_for(unit, [center.center])
    interval = f"[{scale.number(center.low)}, {scale.number(center.high)}]"
    confidence = share(center.confidence)
    return scale.show(center.center), f"{interval} {confidence}", str(center.n)


def _count(center: Center | None, unit: str) -> str:
    if center is None or center.center is None:
        return UNMEASURED
    text = exact(center.center, unit)
    varies = center.low != center.high
    return f"{text} (median)" if varies else text
