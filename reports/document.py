"""The values of a report: what `load` yields and the page is drawn from.

A number that is `None` is not defined here: an unbounded interval, a metric
that was not measured. It is never a zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Number = float | None
Samples = tuple[Number, ...]


@dataclass(frozen=True)
class Center:
    """A median with its order-statistic interval, as benchstat prints them."""

    n: int
    center: Number
    low: Number
    high: Number
    confidence: Number


@dataclass(frozen=True)
class Interval:
    """The Hodges-Lehmann ratio, contender to baseline, with its interval."""

    ratio: Number
    low: Number
    high: Number
    confidence: Number


@dataclass(frozen=True)
class Row:
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


@dataclass(frozen=True)
class Geomean:
    """The geometric mean of one unit over the benchmarks that have it."""

    unit: str
    contender_index: int
    delta_percent: Number


@dataclass(frozen=True)
class SelfCheck:
    """How many split-half tests fired, of how many; more than `limit` is bad."""

    tests: int
    fired: int
    limit: int

    def fires(self) -> bool:
        """Whether the samples contradict what the tests assume of them."""
        return self.fired > self.limit


@dataclass(frozen=True)
class Side:
    """What a person calls one side, and the commit it was built from."""

    label: str
    commit: str


@dataclass(frozen=True)
class Policy:
    """The limits that the verdicts were reached with."""

    mode: str
    alpha: Number
    m: Number
    must_see: Number


@dataclass(frozen=True)
class Comparison:
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


@dataclass(frozen=True)
class Measurement:
    """The samples of one unit, in the order they were measured."""

    unit: str
    values: Samples
    center: Center

    def count(self) -> int:
        """The number of samples that measured this unit."""
        return sum(value is not None for value in self.values)


@dataclass(frozen=True)
class Benchmark:
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


@dataclass(frozen=True)
class ChangePoint:
    """The first point of a new level; `accepted` is why nobody minds it."""

    index: int
    commit: str
    before: Number
    after: Number
    delta_percent: Number
    firm: bool
    accepted: str


@dataclass(frozen=True)
class Trend:
    """One unit of one benchmark over the commits, the oldest first: columns of
    equal length.
    """

    benchmark: str
    unit: str
    better: str
    host: str
    branch: str
    times: tuple[str, ...]
    commits: tuple[str, ...]
    sizes: tuple[int, ...]
    medians: Samples
    lows: Samples
    highs: Samples
    changes: tuple[ChangePoint, ...]


@dataclass(frozen=True)
class AlarmRate:
    """How many of `of` were false alarms, with the limits of the rate."""

    of: int
    alarms: int
    low: Number
    high: Number


@dataclass(frozen=True)
class BenchmarkNoise:
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


@dataclass(frozen=True)
class Noise:
    """What comparisons of programs with themselves say of a machine."""

    host: str
    comparisons: AlarmRate
    rows: AlarmRate
    confidence: Number
    alpha: Number
    power: Number
    benchmarks: tuple[BenchmarkNoise, ...]


@dataclass(frozen=True)
class Report:
    """An `opstat.report/1` document."""

    tool: str
    run: Run
    comparison: Comparison | None
    history: tuple[Trend, ...] = ()
    noise: Noise | None = None
    commit_url: str = ""
