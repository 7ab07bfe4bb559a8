from __future__ import annotations

import numpy as np
import pytest

from tests.peers.oracle import TOLERANCE, Expected, convolve, expected
from tests.peers.shapes import Shape


def test_a_sum_written_out_by_hand():
    shape = Shape("", 1, 1, 3, 3, 1, 2)
    x = np.arange(9.0).reshape(shape.input)
    weights = np.array([1.0, 10.0, 100.0, 1000.0]).reshape(shape.weights)
    # 0*1 + 1*10 + 3*100 + 4*1000, and so on.
    assert convolve(shape, x, weights).ravel().tolist() == [4310, 5421, 7643, 8754]


@pytest.mark.parametrize(
    "shape",
    [
        Shape("strided", 2, 3, 7, 6, 4, 3, stride=2, pad=1),
        Shape("dilated", 1, 2, 9, 9, 2, 3, pad=2, dilation=2),
        Shape("grouped", 1, 6, 5, 5, 4, 3, pad=1, groups=2),
        Shape("depthwise", 1, 4, 6, 6, 4, 5, stride=2, pad=2, groups=4),
        Shape("pointwise", 1, 3, 4, 4, 5, 1, stride=2),
    ],
    ids=lambda shape: shape.name,
)
def test_agrees_with_one_output_at_a_time(shape):
    generator = np.random.default_rng(1)
    x = generator.uniform(-1, 1, shape.input)
    weights = generator.uniform(-1, 1, shape.weights)
    one_by_one = np.zeros(shape.output)
    for place in np.ndindex(shape.output):
        one_by_one[place] = _one(shape, x, weights, *place)
    assert expected(shape, x, weights).error(one_by_one) < TOLERANCE["f64"]


def _one(shape, x, weights, n, c_out, row, column):
    depth = shape.c_in // shape.groups
    first = c_out // (shape.c_out // shape.groups) * depth
    total = 0.0
    for c, kh, kw in np.ndindex(depth, shape.kernel, shape.kernel):
        y = row * shape.stride - shape.pad + kh * shape.dilation
        z = column * shape.stride - shape.pad + kw * shape.dilation
        if 0 <= y < shape.h and 0 <= z < shape.w:
            total += x[n, first + c, y, z] * weights[c_out, c, kh, kw]
    return total


def test_an_element_that_was_not_written_is_an_error():
    ones = np.ones(2)
    assert not Expected(ones, ones).error(np.array([1.0, np.nan])) <= 1e-4


def test_an_error_is_seen_beside_what_was_added_up():
    wanted = Expected(np.array([0.5]), np.array([1000.0]))
    assert wanted.error(np.array([0.5001])) == pytest.approx(1e-7)


def test_a_sum_of_nothing_is_exactly_zero():
    nothing = Expected(np.zeros(1), np.zeros(1))
    assert nothing.error(np.zeros(1)) == 0
    assert nothing.error(np.array([1e-20])) > 1
