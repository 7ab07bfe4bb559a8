"""What the outputs are checked against: sums in double, tap by tap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.peers.shapes import Shape

# Largest |y - expected| / sum |x||w|, the scale that rounding errors of a sum
# have (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1). The
# value itself is none: a sum of thousands may cancel to almost nothing.
TOLERANCE = {"f32": 1e-6, "f64": 2e-15}


@dataclass(frozen=True)
class Expected:
    """What a convolution must give, and how far off rounding may put it."""

    y: np.ndarray
    magnitude: np.ndarray  # the sum of |x||w|

    def error(self, y: np.ndarray) -> float:
        """The largest error beside its magnitude; NaN if y has one."""
        # Nothing is added where every tap is on padding: then no error is small.
        return float(np.max(np.abs(y - self.y) / np.maximum(self.magnitude, 1e-30)))


def expected(shape: Shape, x: np.ndarray, weights: np.ndarray) -> Expected:
    """Of the convolution of these."""
    return Expected(convolve(shape, x, weights), convolve(shape, abs(x), abs(weights)))


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
