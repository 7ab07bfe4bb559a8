"""What the outputs are checked against: sums in double, tap by tap."""

from __future__ import annotations

import numpy as np

from tests.peers.shapes import Shape

# Largest |y - expected| / (1 + |expected|).
TOLERANCE = {"f32": 1e-4, "f64": 1e-12}


def convolve(shape: Shape, x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The convolution in float64."""
    pad = ((0, 0), (0, 0), (shape.pad,) * 2, (shape.pad,) * 2)
    padded = np.pad(x.astype(np.float64), pad)
    taps = weights.astype(np.float64)
    y = np.zeros(shape.output)
    for kh in range(shape.kernel):
        for kw in range(shape.kernel):
            y += _tap(shape, padded, taps[:, :, kh, kw], kh, kw)
    return y


def _tap(shape, padded, weights, kh, kw) -> np.ndarray:
    """What one tap of the kernel adds: a product of matrices in each group."""
    rows = slice(kh * shape.dilation, None, shape.stride)
    columns = slice(kw * shape.dilation, None, shape.stride)
    seen = padded[:, :, rows, columns][:, :, : shape.out_h, : shape.out_w]
    per_group = seen.reshape(shape.n, shape.groups, -1, shape.out_h * shape.out_w)
    left = weights.reshape(shape.groups, shape.c_out // shape.groups, -1)
    return (left @ per_group).reshape(shape.output)


def error(y: np.ndarray, expected: np.ndarray) -> float:
    """The largest error, relative to 1 + |expected|; NaN if y has one."""
    return float(np.max(np.abs(y - expected) / (1 + np.abs(expected))))
