"""Deliberately wrong engines: a check that passes one of them is worth nothing.

Each stands before the C interface and spoils what goes through, as a defect would.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.parity.engine import Engine
from tests.parity.geometry import Convolve, Geometry

FAULTS = ("pads swapped", "bias dropped", "tap lost", "stale padding")


def engine(fault: str, right: Engine) -> Convolve:
    return {
        "pads swapped": _pads_swapped,
        "bias dropped": _bias_dropped,
        "tap lost": _tap_lost,
        "stale padding": _stale_padding,
    }[fault](right)


def _pads_swapped(right: Engine) -> Convolve:
    def conv(x, w, bias, geometry):
        top, left, bottom, right_hand = geometry.pads
        swapped = replace(geometry, pads=(bottom, right_hand, top, left))
        return right.conv(x, w, bias, swapped)

    return conv


def _bias_dropped(right: Engine) -> Convolve:
    return lambda x, w, bias, geometry: right.conv(x, w, None, geometry)


def _tap_lost(right: Engine) -> Convolve:
    """The last tap of the first input channel of the first output channel."""

    def conv(x, w, bias, geometry):
        less = w.copy()
        less[0, 0, -1, -1] = 0
        return right.conv(x, less, bias, geometry)

    return conv


def _stale_padding(right: Engine) -> Convolve:
    """A pooled buffer whose padding is not written anew for the next convolution."""
    pool: dict[np.dtype, np.ndarray] = {}

    def conv(x, w, bias, geometry):
        n, c, h, width = x.shape
        top, left, bottom, right_hand = geometry.pads
        shape = (n, c, top + h + bottom, left + width + right_hand)
        size = int(np.prod(shape))
        if pool.setdefault(x.dtype, np.zeros(0, x.dtype)).size < size:
            pool[x.dtype] = np.zeros(size, x.dtype)
        padded = pool[x.dtype][:size].reshape(shape)
        padded[:, :, top : top + h, left : left + width] = x
        return right.conv(padded, w, bias, replace(geometry, pads=Geometry.pads))

    return conv
