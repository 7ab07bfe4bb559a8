"""Who takes part, and against which of ours each is set."""

from __future__ import annotations

from dataclasses import dataclass

CALL = "opstat"
ONCE = "opstat, packed once"
IM2COL = "opstat im2col"
ONEDNN = "oneDNN"
ONEDNN_ONCE = "oneDNN, packed once"
ONNXRUNTIME = "onnxruntime"
OPENBLAS = "OpenBLAS"
PEAK = "FMA peak"

EACH_CALL = "each call"
AT_START = "once"


@dataclass(frozen=True)
class Candidate:
    """A way to compute the convolution, or the time it would take at the peak."""

    name: str
    library: str
    method: str = ""
    packs_weights: str = ""
    rival: str | None = None  # the one of ours that does the same work
    has_f64: bool = True
    obeys_isa: bool = True  # an environment variable limits its instructions
    may_refuse: bool = False  # some shapes have no kernel of this kind

    def can(self, dtype: str, isa: str) -> bool:
        """Whether it takes part."""
        return (dtype == "f32" or self.has_f64) and (isa == "best" or self.obeys_isa)


def _onednn(name: str, method: str, packs: str, rival: str) -> Candidate:
    layout_is_ours = not method.startswith("any")
    return Candidate(
        name, "onednn", method, packs, rival, has_f64=False, may_refuse=layout_is_ours
    )


ALL = (
    Candidate(CALL, "opstat_call", "auto", EACH_CALL),
    Candidate(ONCE, "opstat_plan", "auto", AT_START),
    Candidate(IM2COL, "opstat_call", "im2col", EACH_CALL),
    _onednn(ONEDNN, "any, weights", EACH_CALL, CALL),
    _onednn(ONEDNN_ONCE, "any", AT_START, ONCE),
    _onednn("oneDNN nchw, packed once", "nchw", AT_START, ONCE),
    _onednn("oneDNN blocked, packed once", "blocked", AT_START, ONCE),
    Candidate(
        ONNXRUNTIME,
        "onnxruntime",
        packs_weights=AT_START,
        rival=ONCE,
        has_f64=False,
        obeys_isa=False,
    ),
    Candidate(OPENBLAS, "openblas", "", EACH_CALL, CALL),
    Candidate(PEAK, "fma"),
)

BY_NAME = {candidate.name: candidate for candidate in ALL}

# What keeps everyone to an instruction set; the parent of the measuring
# process first removes whatever begins with one of the prefixes.
ENVIRONMENT = {
    "best": {},
    "avx2": {
        "OPSTAT_ISA": "avx2",
        "DNNL_MAX_CPU_ISA": "AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
    },
}
CLEARED = ("OPSTAT_", "DNNL_", "ONEDNN_", "OPENBLAS_", "GOTO_", "OMP_")
