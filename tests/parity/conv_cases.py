"""Shapes on which convolutions go wrong, and seeded inputs for them.

The expected outputs are tests/testdata/parity/expected.npz; its script is beside it.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tests.parity.geometry import Geometry

EXPECTED = Path(__file__).resolve().parents[1] / "testdata/parity/expected.npz"
SEED = 101

# What the inputs hold. Small integers are summed without rounding in any order,
# so their results are equal bit by bit, in float32 and in float64.
KINDS = ("float32", "float64", "integers")


@dataclass(frozen=True)
class Case:
    """A convolution; x and w are the extents of the tensors."""

    name: str
    x: tuple[int, int, int, int]
    w: tuple[int, int, int, int]
    geometry: Geometry
    bias: bool

    @property
    def terms(self) -> int:
        """Roundings on the way to an element: taps, bias, and the stored answer."""
        return int(np.prod(self.w[1:])) + 2

    def inputs(self, kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
        label = zlib.crc32(f"{self.name}/{kind}".encode())
        random = np.random.default_rng([SEED, label])

        def draw(shape: tuple[int, ...]) -> np.ndarray:
            if kind == "integers":
                return random.integers(-4, 5, shape).astype(np.float32)
            return random.standard_normal(shape).astype(kind)

        x, w = draw(self.x), draw(self.w)
        return x, w, draw(self.w[:1]) if self.bias else None


def _case(
    name: str,
    x: tuple[int, int, int, int],
    kernel: tuple[int, int, int],
    pads: tuple[int, int, int, int] = (0, 0, 0, 0),
    strides: tuple[int, int] = (1, 1),
    dilations: tuple[int, int] = (1, 1),
    groups: int = 1,
    *,
    bias: bool = True,
) -> Case:
    c_out, kh, kw = kernel
    w = (c_out, x[1] // groups, kh, kw)
    return Case(name, x, w, Geometry(pads, strides, dilations, groups), bias)


# name, x (n, c_in, h, w), kernel (c_out, kh, kw), pads (top, left, bottom, right),
# strides, dilations, groups
CASES = [
    _case("k3_same", (1, 3, 11, 13), (4, 3, 3), (1, 1, 1, 1)),
    _case("k3_valid", (1, 2, 9, 7), (3, 3, 3), bias=False),
    _case("k1_pointwise", (2, 17, 5, 9), (23, 1, 1)),
    _case("k1_stride2", (1, 8, 9, 10), (12, 1, 1), strides=(2, 2)),
    _case("k1_padded", (1, 3, 4, 5), (2, 1, 1), (1, 2, 1, 2)),
    _case(
        "k1_padded_stride3", (1, 3, 4, 5), (2, 1, 1), (1, 1, 1, 1), (3, 3), bias=False
    ),
    _case("in1x1_k1", (3, 5, 1, 1), (7, 1, 1)),
    _case("in1x1_k3", (1, 4, 1, 1), (6, 3, 3), (1, 1, 1, 1)),
    _case("k_over_input", (1, 2, 3, 2), (3, 5, 5), (2, 2, 2, 2)),
    _case("k_equals_padded_input", (2, 3, 4, 4), (5, 6, 6), (1, 1, 1, 1)),
    _case("k_equals_input", (2, 3, 7, 5), (4, 7, 5)),
    _case("pad_over_half_kernel", (1, 2, 5, 6), (3, 3, 3), (3, 3, 3, 3)),
    _case("pad_over_kernel", (1, 2, 4, 4), (2, 3, 3), (4, 4, 4, 4)),
    _case("pad_rows_only", (1, 3, 6, 7), (4, 3, 3), (2, 0, 2, 0)),
    _case("pad_bottom_right", (1, 6, 8, 10), (5, 3, 3), (0, 0, 1, 1), (2, 2)),
    _case("pad_all_differ", (2, 2, 6, 5), (3, 3, 4), (0, 1, 2, 3), (1, 2)),
    _case("stride2", (1, 3, 12, 12), (8, 3, 3), (1, 1, 1, 1), (2, 2)),
    _case("stride2_ragged", (1, 3, 12, 9), (8, 3, 3), strides=(2, 2), bias=False),
    _case("stride_unequal", (1, 4, 13, 17), (6, 3, 3), (1, 1, 1, 1), (1, 3)),
    _case("stride_over_kernel", (1, 3, 13, 14), (4, 2, 2), strides=(5, 4)),
    _case("stride_over_input", (1, 3, 4, 4), (4, 3, 3), (1, 1, 1, 1), (7, 7)),
    _case("rect_1x7", (1, 5, 6, 19), (6, 1, 7), (0, 3, 0, 3)),
    _case("rect_7x1", (1, 5, 19, 6), (6, 7, 1), (3, 0, 3, 0), (2, 1)),
    _case("k2", (1, 4, 7, 7), (4, 2, 2), (1, 0, 0, 1)),
    _case("k4_stride2", (1, 4, 14, 11), (5, 4, 4), (1, 1, 1, 1), (2, 2)),
    _case("k5", (2, 3, 10, 9), (7, 5, 5), (2, 2, 2, 2)),
    _case("k7_stride2_stem", (1, 3, 23, 25), (16, 7, 7), (3, 3, 3, 3), (2, 2)),
    _case("c_in1", (1, 1, 15, 16), (8, 3, 3), (1, 1, 1, 1)),
    _case("c_in1_c_out1", (1, 1, 5, 5), (1, 3, 3), bias=False),
    _case("c_out1", (2, 9, 8, 8), (1, 3, 3), (1, 1, 1, 1)),
    _case("batch5", (5, 3, 6, 7), (4, 3, 3), (1, 1, 1, 1)),
    _case("one_row", (1, 6, 1, 40), (8, 1, 3), (0, 1, 0, 1)),
    _case("one_column", (1, 6, 40, 1), (8, 3, 1), (1, 0, 1, 0)),
    _case("out_1x1", (3, 7, 5, 5), (9, 5, 5)),
    _case("dilation2", (1, 3, 13, 12), (4, 3, 3), (2, 2, 2, 2), (1, 1), (2, 2)),
    _case("dilation_unequal", (1, 3, 15, 16), (4, 3, 2), (1, 2, 1, 2), (2, 1), (3, 2)),
    _case("dilation_over_input", (1, 2, 4, 4), (3, 3, 3), (4, 4, 4, 4), (1, 1), (4, 4)),
    _case("groups2", (2, 6, 8, 9), (8, 3, 3), (1, 1, 1, 1), groups=2),
    _case("groups3", (1, 6, 11, 12), (9, 3, 3), (2, 2, 2, 2), (2, 2), (2, 2), 3),
    _case("depthwise", (2, 8, 9, 10), (8, 3, 3), (1, 1, 1, 1), groups=8),
    _case(
        "depthwise_times2",
        (1, 5, 9, 9),
        (10, 5, 5),
        (2, 2, 2, 2),
        (2, 2),
        groups=5,
        bias=False,
    ),
    _case("gemm_17x33x37", (1, 37, 3, 11), (17, 1, 1)),
    _case("gemm_8x36x864", (1, 96, 6, 6), (8, 3, 3), (1, 1, 1, 1)),
    _case("gemm_64x384x288", (1, 32, 12, 32), (64, 3, 3), (1, 1, 1, 1)),
    _case("wide", (1, 4, 3, 257), (5, 3, 3), (1, 1, 1, 1)),
    # Big, small with more pads, big: scratch that keeps old values shows.
    _case("sequence_big", (1, 8, 20, 21), (8, 3, 3), (1, 1, 1, 1)),
    _case("sequence_small", (1, 3, 4, 3), (2, 3, 3), (2, 2, 2, 2)),
    _case("sequence_big_again", (1, 8, 19, 22), (8, 3, 3), (1, 1, 1, 1), bias=False),
]

REFUSED = [
    _case("k_over_padded_input", (1, 2, 3, 3), (2, 5, 5)),
    _case("dilated_k_over_padded_input", (1, 2, 6, 6), (2, 3, 3), dilations=(3, 3)),
    _case("groups_do_not_divide", (1, 5, 6, 6), (4, 3, 3), groups=2),
]


@cache
def expected() -> dict[str, np.ndarray]:
    """The outputs, by "<name>/<kind>", in the type they were rounded to."""
    with np.load(EXPECTED) as file:
        return dict(file)


def inputs_digest() -> str:
    """Of every input: numpy may draw other numbers from a seed some day."""
    digest = hashlib.sha256()
    for case in CASES:
        for kind in KINDS:
            for array in case.inputs(kind):
                if array is not None:
                    digest.update(array.astype(array.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()
