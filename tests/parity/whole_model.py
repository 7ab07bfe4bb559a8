"""What it takes for the engine to be as good as onnxruntime on a whole net."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import onnx

from tests.parity import double, truth
from tests.parity.engine import Engine
from tests.parity.geometry import Convolve, Geometry
from tests.parity.served import ServedModel, Tensors, session

# Of the largest logit. Right engines and onnxruntime without its own optimisations
# are below 6e-7 on every net here; the mildest of the broken ones is above 1e-2.
MOST_APART = 5e-6
# The same in float64, for the engine against the definition.
MOST_APART_IN_DOUBLE = 1e-13
WARM_RUNS = 8


@dataclass(frozen=True)
class Net:
    """A model, what it is fed, and what may be said of its weights."""

    name: str
    model: onnx.ModelProto
    feed: Tensors
    weights: str


@dataclass(frozen=True)
class Agreement:
    """One run's logits beside another's."""

    max_abs: float  # infinite where one is not finite
    largest: float  # |logit|
    top1: bool
    top5: bool  # in the same order
    gap: float  # the smallest between neighbours of the first six

    @classmethod
    def between(cls, want: np.ndarray, got: np.ndarray) -> Agreement:
        finite = np.isfinite(want).all() and np.isfinite(got).all()
        away = np.abs(want.astype(np.float64) - got).max() if finite else np.inf
        first, second = (np.argsort(-a.ravel(), kind="stable")[:5] for a in (want, got))
        six = np.sort(want.ravel())[-6:]
        return cls(
            max_abs=float(away),
            largest=float(np.abs(want).max()),
            top1=bool(first[0] == second[0]),
            top5=bool((first == second).all()),
            gap=float(np.diff(six).min(initial=np.abs(want).max())),
        )

    @property
    def relative(self) -> float:
        return self.max_abs / self.largest if self.largest else self.max_abs

    def faults(self) -> list[str]:
        """Why this is no parity; nothing where it is."""
        said = []
        if not self.relative <= MOST_APART:
            said.append(f"{self.relative:.1e} apart, {MOST_APART:.0e} allowed")
        if not self.top1:
            said.append("another top-1")
        if not self.top5:
            said.append(f"another top-5 (the closest logits are {self.gap:.0e} apart)")
        return said


@dataclass
class Layers:
    """Each convolution on its own input, against the definition in float64."""

    worst: float = 0.0  # distance as a share of what rounding may do
    where: str = ""

    def watching(self, conv: Convolve) -> Convolve:
        """`conv`, with every call of it judged."""

        def watched(x, w, bias, geometry: Geometry):
            y = conv(x, w, bias, geometry)
            want = truth.conv_in_double(x, w, bias, geometry)
            magnitudes = truth.magnitude(x, w, bias, geometry)
            bound = truth.rounding_bound(w[0].size + 1, magnitudes, x.dtype)
            # Where nothing is summed nothing may differ.
            shares = np.abs(y - want) / np.maximum(bound, np.finfo(np.float64).tiny)
            worst = float(np.nan_to_num(shares, nan=np.inf).max())
            if worst > self.worst:
                self.worst = worst
                self.where = f"x {x.shape}, w {w.shape}, {geometry}"
            return y

        return watched


@dataclass
class InDouble:
    """Distances from the net in float64, as shares of the largest logit."""

    engine_in_double: float | None = None
    engine: float | None = None
    onnxruntime: float | None = None
    not_run_because: str = ""


@dataclass
class Report:
    """The engine on one net. Shares are of the largest logit."""

    net: str
    weights: str
    convs: int
    calls: int
    left_to_onnxruntime: int
    agreement: Agreement
    noise: float  # onnxruntime against itself without optimisations, as a share
    other_bits: list[str]  # runs that should have had the same bits and had not
    layers: Layers
    in_double: InDouble

    def faults(self) -> list[str]:
        """What keeps the engine from parity with onnxruntime on this net."""
        said = self.agreement.faults()
        if self.convs == 0:
            said.append("no Conv node that the engine could serve")
        if self.calls != self.convs:
            said.append(f"{self.calls} calls for {self.convs} Conv nodes")
        if self.other_bits:
            runs = len(self.other_bits)
            said.append(f"other bits in {runs} runs, first {self.other_bits[0]}")
        if not self.layers.worst <= 1:
            said.append(f"beyond rounding: {self.layers.where}")
        exact = self.in_double.engine_in_double
        if exact is not None and not exact <= MOST_APART_IN_DOUBLE:
            said.append(f"float64 {exact:.1e} apart")
        return said

    def as_json(self) -> dict[str, Any]:
        more = {"relative": self.agreement.relative, "faults": self.faults()}
        return asdict(self) | more


class Comparison:
    """A net in onnxruntime, as it is and served by engines."""

    def __init__(self, net: Net):
        self.net = net
        self.served = ServedModel(net.model)
        plain = session(net.model)
        outputs = plain.run(None, net.feed)
        # The widest output are the logits: softmax and sigmoid hide differences.
        self._index = int(np.argmax([np.abs(y).max() for y in outputs]))
        self.want = outputs[self._index]

    def logits(self, conv: Convolve) -> np.ndarray:
        return self.served.run(self.net.feed, conv)[self._index]

    def agreement(self, conv: Convolve) -> Agreement:
        return Agreement.between(self.want, self.logits(conv))

    def report(self, engine: Engine, algorithm: str = "auto") -> Report:
        pooled = engine.serving(algorithm)
        got = self.logits(pooled)
        calls = self.served.calls
        layers = Layers()
        self.logits(layers.watching(pooled))
        return Report(
            net=self.net.name,
            weights=self.net.weights,
            convs=self.served.convs,
            calls=calls,
            left_to_onnxruntime=self.served.others,
            agreement=Agreement.between(self.want, got),
            noise=self._noise(),
            other_bits=self._other_bits(engine, algorithm, got),
            layers=layers,
            in_double=self._in_double(pooled, got),
        )

    def _noise(self) -> float:
        plain = session(self.net.model, optimised=False)
        other = plain.run(None, self.net.feed)[self._index]
        return Agreement.between(self.want, other).relative

    def _other_bits(self, engine: Engine, algorithm: str, got: np.ndarray) -> list[str]:
        runs = {f"{s} run": engine.serving(algorithm, s) for s in engine.scratches}
        pooled = engine.serving(algorithm)
        runs |= {f"warm run {i + 1}": pooled for i in range(WARM_RUNS)}
        runs["poisoned run"] = engine.poisoned(algorithm)
        return [name for name, conv in runs.items() if (self.logits(conv) != got).any()]

    def _in_double(self, conv: Convolve, got: np.ndarray) -> InDouble:
        try:
            true, ours = (
                double.run(self.net.model, self.net.feed, c)[self._index]
                for c in (truth.conv, conv)
            )
        except double.CannotEvaluateError as error:
            return InDouble(not_run_because=str(error))
        away = [Agreement.between(true, y).relative for y in (ours, got, self.want)]
        if not away[-1] <= MOST_APART:
            return InDouble(
                not_run_because=f"the evaluator is {away[-1]:.0e} from onnxruntime"
            )
        return InDouble(*away)
