"""A convolution from its definition: one product of channels for each tap.

It shares nothing with the engine: no column matrix, no packing, no blocking.
"""

from __future__ import annotations

import numpy as np

from tests.parity.geometry import Geometry


def conv(
    x: np.ndarray, w: np.ndarray, bias: np.ndarray | None, geometry: Geometry
) -> np.ndarray:
    """Summed in the type of x; give float64 to have an oracle."""
    (n, c_in, *extent), (c_out, _, kh, kw), g = x.shape, w.shape, geometry.groups
    rows, columns = geometry.output(extent, (kh, kw))
    top, left, bottom, right = geometry.pads
    padded = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)))
    y = np.zeros((n, g, c_out // g, rows * columns), x.dtype)
    for p, q in np.ndindex(kh, kw):
        seen = padded[
            :,
            :,
            _taken(p * geometry.dilations[0], rows, geometry.strides[0]),
            _taken(q * geometry.dilations[1], columns, geometry.strides[1]),
        ].reshape(n, g, c_in // g, rows * columns)
        y += w[:, :, p, q].reshape(g, c_out // g, c_in // g) @ seen
    y = y.reshape(n, c_out, rows, columns)
    return y if bias is None else y + bias.reshape(1, c_out, 1, 1)


def conv_in_double(
    x: np.ndarray, w: np.ndarray, bias: np.ndarray | None, geometry: Geometry
) -> np.ndarray:
    wide = (None if a is None else a.astype(np.float64) for a in (x, w, bias))
    return conv(*wide, geometry)


def _taken(first: int, count: int, stride: int) -> slice:
    return slice(first, first + (count - 1) * stride + 1, stride)


def magnitude(
    x: np.ndarray, w: np.ndarray, bias: np.ndarray | None, geometry: Geometry
) -> np.ndarray:
    """The sum of |x||w| and |bias| behind each element: what rounding scales with."""
    sizes = (None if a is None else np.abs(a) for a in (x, w, bias))
    return conv_in_double(*sizes, geometry)


def rounding_bound(terms: int, magnitudes: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """How far a right engine may be from the truth, for each element.

    The smaller of two. gamma(terms) times the magnitude holds for every order of
    summation, fused or not (Higham, Accuracy and Stability of Numerical Algorithms,
    section 3.1). For thousands of terms it would forgive too much, so the other is five
    times what the engine was seen to need of the largest magnitude (2.2e-7, 3.7e-16).
    """
    unit = np.finfo(dtype).eps / 2
    gamma = terms * unit / (1 - terms * unit)
    seen = {"float32": 1e-6, "float64": 2e-15}[dtype.name]
    return np.minimum(gamma * magnitudes, seen * magnitudes.max())
