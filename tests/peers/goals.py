"""What the engine is meant to reach, and whether it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.peers.candidates import (
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
from tests.peers.shapes import BENCH, LAYERS, Shape
from tests.peers.summary import Spread, fastest, geomean, speed, spread

DEEP = ("GEMM", "Deep")


@dataclass(frozen=True)
class Goal:
    """Ours at least so many times as fast as the fastest of theirs, on each
    shape; theirs may be the peak, of which it is then a share.
    """

    at_least: float
    ours: str
    theirs: tuple[str, ...]
    shapes: tuple[str, ...] = ()
    dtype: str = "f32"
    isa: str = "best"


GOALS = (
    Goal(1.10, CALL, (ONEDNN,), DEEP),
    Goal(1.00, CALL, (ONEDNN,), ("Strided",)),
    Goal(1.00, ONCE, (ONNXRUNTIME,), DEEP),
    Goal(0.80, IM2COL, (ONEDNN,), ("GEMM",)),
    Goal(0.90, IM2COL, (ONEDNN,), ("Deep",)),
    Goal(0.45, IM2COL, (ONEDNN,), ("Strided",)),
    Goal(1.60, CALL, (OPENBLAS,), ("GEMM",), "f64"),
    Goal(1.30, CALL, (OPENBLAS,), ("Deep",), "f64"),
    Goal(0.90, CALL, (PEAK,), DEEP, "f64"),
    Goal(0.95, CALL, (ONEDNN,), DEEP, isa="avx2"),
    Goal(0.85, CALL, (ONEDNN,), ("Strided",), isa="avx2"),
)

# Over the layers, against the faster of the two.
LAYER_RIVALS = (ONEDNN_ONCE, ONNXRUNTIME)
LAYER_GEOMEAN, LAYER_LEAST = 0.90, 0.60


@dataclass(frozen=True)
class Outcome:
    """A goal set beside what was measured."""

    what: str
    at_least: float
    measured: Spread

    @property
    def verdict(self) -> str:
        """Decided when the quartiles lie on one side."""
        if self.measured.p25 >= self.at_least:
            return "met"
        return "undecided" if self.measured.p75 >= self.at_least else "missed"


def speed_over_fastest(
    series: Series, ours: str, theirs: Sequence[str]
) -> list[float] | None:
    """By round; None where ours or all of theirs did not take part."""
    there = {name: series.seconds[name] for name in theirs if name in series.seconds}
    if not there or ours not in series.seconds:
        return None
    return speed(series.seconds[ours], there[fastest(there)])


def outcomes(document: Document) -> list[Outcome]:
    """Of the goals whose shapes were measured."""
    return [
        outcome
        for goal in GOALS
        for shape in BENCH
        if shape.name in goal.shapes
        for outcome in _of_shape(document, goal, shape)
    ] + _of_layers(document)


def _of_shape(document: Document, goal: Goal, shape: Shape) -> list[Outcome]:
    against = "the FMA peak" if goal.theirs == (PEAK,) else " or ".join(goal.theirs)
    limit = ", AVX2 only" if goal.isa == "avx2" else ""
    what = f"{shape.name} {goal.dtype}{limit}: {goal.ours} over {against}"
    found = document.group(goal.isa, goal.dtype, (shape,))
    rounds = [speed_over_fastest(s, goal.ours, goal.theirs) for s in found]
    return [Outcome(what, goal.at_least, spread(values)) for values in rounds if values]


def _of_layers(document: Document) -> list[Outcome]:
    found = document.group("best", "f32", LAYERS)
    ratios = {
        series.shape.name: values
        for series in found
        if (values := speed_over_fastest(series, ONCE, LAYER_RIVALS))
    }
    if not ratios:
        return []
    against = "packed once, opstat over the faster of oneDNN and onnxruntime"
    least = min(ratios, key=lambda name: median(ratios[name]))
    return [
        Outcome(
            f"{len(ratios)} layers f32, geometric mean: {against}",
            LAYER_GEOMEAN,
            spread(geomean(list(ratios.values()))),
        ),
        Outcome(
            f"{least} f32, the least of them: {against}",
            LAYER_LEAST,
            spread(ratios[least]),
        ),
    ]
