"""The tables that are printed and written: text, unit and spread in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.peers.candidates import (
    ALL,
    BY_NAME,
    CALL,
    IM2COL,
    ONCE,
    ONEDNN,
    ONEDNN_ONCE,
    ONNXRUNTIME,
    OPENBLAS,
    PEAK,
)
from tests.peers.document import Document, Series
from tests.peers.goals import LAYER_RIVALS, outcomes, speed_over_fastest
from tests.peers.shapes import BENCH
from tests.peers.summary import Spread, geomean, speed, spread


@dataclass(frozen=True)
class Table:
    """A caption, headings, and rows whose first cell is a name."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Column:
    heading: str
    ours: str
    theirs: tuple[str, ...]

    def is_of(self, series: Series) -> bool:
        """The best of several is worth a column when there are several."""
        there = sum(name in series.seconds for name in self.theirs)
        return there >= min(2, len(self.theirs))


_EVERYONE = tuple(candidate.name for candidate in ALL if candidate.rival)
_SPEEDS = (
    _Column("oneDNN", CALL, (ONEDNN,)),
    _Column("oneDNN, packed once", ONCE, (ONEDNN_ONCE,)),
    _Column("onnxruntime", ONCE, (ONNXRUNTIME,)),
    _Column("OpenBLAS", CALL, (OPENBLAS,)),
    _Column("best of oneDNN, onnxruntime", ONCE, LAYER_RIVALS),
    _Column("best of all", ONCE, _EVERYONE),
    _Column("im2col over oneDNN", IM2COL, (ONEDNN,)),
)


def times(ratio: Spread) -> str:
    """A ratio with its quartiles."""
    return f"{ratio.median:.2f}x [{ratio.p25:.2f}, {ratio.p75:.2f}]"


def share(part: Spread) -> str:
    """A share with its quartiles, in percent."""
    return f"{100 * part.median:.1f}% [{100 * part.p25:.1f}, {100 * part.p75:.1f}]"


def microseconds(seconds: Spread) -> str:
    """A time with its quartiles, four digits or so."""
    digits = 0 if seconds.median >= 1e-3 else 1
    middle, low, high = (
        f"{1e6 * value:.{digits}f}"
        for value in (seconds.median, seconds.p25, seconds.p75)
    )
    return f"{middle} µs [{low}, {high}]"


def all_of(document: Document) -> list[Table]:
    """Goals, speeds, and then every number."""
    groups = document.groups()
    return [
        *_of_goals(document),
        *(of_speeds(group) for group in groups),
        *(of_times(group) for group in groups),
    ]


def _of_goals(document: Document) -> list[Table]:
    rows = tuple(
        (
            outcome.what,
            f"{outcome.at_least:.2f}x",
            times(outcome.measured),
            str(outcome.measured.n),
            outcome.verdict,
        )
        for outcome in outcomes(document)
    )
    headings = ("goal", "at least", "measured", "n", "verdict")
    return [Table("Goals", headings, rows)] if rows else []


def of_speeds(group: Sequence[Series]) -> Table:
    """Ours over theirs; one row a shape, and their geometric mean."""
    columns = {
        column.heading: [
            speed_over_fastest(series, column.ours, column.theirs) for series in group
        ]
        for column in _SPEEDS
        if all(column.is_of(series) for series in group)
    }
    columns = {heading: cells for heading, cells in columns.items() if all(cells)}
    rows = [
        (series.shape.name, *(times(spread(cells[i])) for cells in columns.values()))
        for i, series in enumerate(group)
    ]
    if len(group) > 1:
        means = (times(spread(geomean(cells))) for cells in columns.values())
        rows.append(("geometric mean", *means))
    caption = f"How many times as fast as theirs ours is; {_about(group)}"
    return Table(caption, ("shape", *columns), tuple(rows))


def of_times(group: Sequence[Series]) -> Table:
    """Every candidate on every shape."""
    headings = (
        "shape",
        "candidate",
        "weights packed",
        "time",
        "GFLOP/s",
        "of the FMA peak",
        "ours over it",
        "implementation",
    )
    rows = tuple(row for series in group for row in _time_rows(series))
    return Table(f"Time of one convolution; {_about(group)}", headings, rows)


def _time_rows(series: Series) -> list[tuple[str, ...]]:
    ordered = [c.name for c in ALL if c.name in series.seconds]
    return [(series.shape.name, *_time_cells(series, name)) for name in ordered]


def _time_cells(series: Series, name: str) -> tuple[str, ...]:
    seconds = series.seconds[name]
    candidate = BY_NAME[name]
    ours = series.seconds.get(candidate.rival)
    return (
        name,
        candidate.packs_weights,
        microseconds(spread(seconds)),
        f"{series.shape.flop / median(seconds) / 1e9:.1f}",
        "" if name == PEAK else share(spread(speed(seconds, series.seconds[PEAK]))),
        times(spread(speed(ours, seconds))) if ours else "",
        series.implementation[name],
    )


def _about(group: Sequence[Series]) -> str:
    first = group[0]
    isa = first.implementation[PEAK]
    limit = f"limited to {isa}" if first.isa != "best" else isa
    counts = sorted({series.n for series in group})
    n = " to ".join(dict.fromkeys((str(counts[0]), str(counts[-1]))))
    which = "bench shapes" if first.shape in BENCH else "layers"
    return f"{which}, {first.dtype}, {limit}: median [p25, p75], n = {n} rounds"
