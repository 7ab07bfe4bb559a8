"""The values of a report: what `load` yields and the page is drawn from.

A number that is `None` is not defined here: an unbounded interval, a metric
that was not measured. It is never a zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

Number = float | None
Samples = tuple[Number, ...]


class Center(NamedTuple):
    """A median with its order-statistic interval, as benchstat prints them."""

    n: int
    center: Number
    low: Number
    high: Number
    confidence: Number


class Interval(NamedTuple):
    """The Hodges-Lehmann ratio, contender to baseline, with its interval."""

    ratio: Number
    low: Number
    high: Number
    confidence: Number


class Row(NamedTuple):
    """One benchmark, one unit, baseline against one contender."""

    benchmark: str
    unit: str
    role: str
    verdict: str
    better: str = "lower"
    contender_index: int = 0
    baseline: Center | None = None
    contender: Center | None = None
    difference: Number = None
    delta_percent: Number = None
    p_value: Number = None
    hodges_lehmann: Interval | None = None
    bound: Number = None
    tau: Number = None
    tau_origin: str = ""
    rule: str = ""
    warnings: tuple[str, ...] = ()
    baseline_samples: Samples = ()
    contender_samples: Samples = ()


class Geomean(NamedTuple):
    """The geometric mean of one unit over the benchmarks that have it."""

    unit: str
    contender_index: int
    delta_percent: Number


class SelfCheck(NamedTuple):
    """How many split-half tests fired, of how many; more than `limit` is bad."""

    tests: int
    fired: int
    limit: int

    def fires(self) -> bool:
        """Whether the samples contradict what the tests assume of them."""
        return self.fired > self.limit


class Side(NamedTuple):
    """What a person calls one side, and the commit it was built from."""

    label: str
    commit: str


class Policy(NamedTuple):
    """The limits that the verdicts were reached with."""

    mode: str
    alpha: Number
    m: Number
    must_see: Number


class Comparison(NamedTuple):
    """An `opstat.compare/1` document."""

    baseline: Side
    contenders: tuple[Side, ...]
    interleaved: bool
    seed: str
    environment: dict[str, str]
    policy: Policy
    self_check: SelfCheck | None
    rows: tuple[Row, ...]
    geomean: tuple[Geomean, ...]
    outcome: str
    warnings: tuple[str, ...]


class Measurement(NamedTuple):
    """The samples of one unit, in the order they were measured."""

    unit: str
    values: Samples
    center: Center

    def count(self) -> int:
        """The number of samples that measured this unit."""
        return sum(value is not None for value in self.values)


class Benchmark(NamedTuple):
    """One benchmark of a run, and the clock that decides of it."""

    name: str
    measurements: tuple[Measurement, ...]
    decided_by: str = ""


@dataclass(frozen=True)
class Run:
    """How the samples came to be."""

    id: str = ""
    time: str = ""
    label: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    benchmarks: tuple[Benchmark, ...] = ()
    warnings: tuple[str, ...] = ()


class ChangePoint(NamedTuple):
    """The first point of a new level; `accepted` is why nobody minds it."""

    index: int
    commit: str
    before: Number
    after: Number
    delta_percent: Number
    firm: bool
    accepted: str


class Points(NamedTuple):
    """The points of a trend, the oldest first: columns of equal length."""

    times: tuple[str, ...]
    commits: tuple[str, ...]
    sizes: tuple[int, ...]
    medians: Samples
    lows: Samples
    highs: Samples


class Curve(NamedTuple):
    """The medians in a line's height, as an SVG path, and where those lie that
    were measured.
    """

    path: str
    runs: int
    low: Number
    high: Number


@dataclass(frozen=True)
class Trend:
    """One unit of one benchmark over the commits. Of most trends a page shows
    the curve alone: `points` are read when they are asked for, which raises
    BadDataError.
    """

    benchmark: str
    unit: str
    better: str
    host: str
    branch: str
    count: int
    latest: str
    curve: Curve | None
    changes: tuple[ChangePoint, ...]
    read: Callable[[], Points] = field(compare=False, repr=False)

    @cached_property
    def points(self) -> Points:
        """What `read` reads, once."""
        return self.read()


class AlarmRate(NamedTuple):
    """How many of `of` were false alarms, with the limits of the rate."""

    of: int
    alarms: int
    low: Number
    high: Number


class BenchmarkNoise(NamedTuple):
    """How much a benchmark varies where nothing changed, and the smallest change
    that its n samples a side can show.
    """

    benchmark: str
    unit: str
    n: int
    cv: Number
    detectable: Number
    tau: Number
    tau_origin: str
    effects: Samples


class Noise(NamedTuple):
    """What comparisons of programs with themselves say of a machine."""

    host: str
    comparisons: AlarmRate
    rows: AlarmRate
    confidence: Number
    alpha: Number
    power: Number
    benchmarks: tuple[BenchmarkNoise, ...]


class Report(NamedTuple):
    """An `opstat.report/1` document."""

    tool: str
    run: Run
    comparison: Comparison | None
    history: tuple[Trend, ...] = ()
    noise: Noise | None = None
    commit_url: str = ""
