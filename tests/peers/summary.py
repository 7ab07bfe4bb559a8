"""Statistics of interleaved measurements.

Entry i of every list belongs to round i, in which all candidates ran within
a fraction of a second. Ratios are taken within rounds and only then summed
up, so that a machine that slows down for a while does not show.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import geometric_mean, median, quantiles


@dataclass(frozen=True)
class Spread:
    """A median with the quartiles around it, of n values."""

    median: float
    p25: float
    p75: float
    n: int


def spread(values: Sequence[float]) -> Spread:
    """Of at least one value; quartiles as numpy.percentile gives them."""
    if len(values) == 1:
        return Spread(values[0], values[0], values[0], 1)
    p25, middle, p75 = quantiles(values, n=4, method="inclusive")
    return Spread(middle, p25, p75, len(values))


def speed(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """How many times as fast as theirs we are, by round, from seconds."""
    return [t / o for o, t in zip(ours, theirs, strict=True)]


def geomean(by_shape: Sequence[Sequence[float]]) -> list[float]:
    """The geometric mean over the shapes, by round; shapes that were measured
    for more rounds than others count as far as all of them go.
    """
    return [geometric_mean(ratios) for ratios in zip(*by_shape, strict=False)]


def fastest(seconds: dict[str, Sequence[float]]) -> str:
    """The name with the least median time."""
    return min(seconds, key=lambda name: median(seconds[name]))


def times_for(seconds_per_run: float, visit: float) -> int:
    """How many runs make a visit of about that many seconds."""
    return max(1, math.ceil(visit / seconds_per_run))
