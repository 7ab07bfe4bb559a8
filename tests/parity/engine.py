"""The C interface of the engine (engine/conv2d_c.h), for numpy arrays."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from tests.parity.geometry import Convolve, Geometry

OK, UNKNOWN_NAME, BAD_SHAPE, BAD_ALGORITHM, BAD_ISA = 0, 2, 3, 4, 5

# Every name the interface may come to know; what is built is asked of the library.
ALGORITHMS = ("auto", "reference", "im2col", "direct", "pointwise", "depthwise")
SCRATCHES = ("allocating", "pooled", "mapped")
ISAS = ("scalar", "ssse3", "sse4", "avx2", "avx512", "neon")

_ROOT = Path(__file__).resolve().parents[2]
_GUARD = 16  # elements on either side of y that nobody may touch


class Params(ctypes.Structure):
    """opstat_conv2d_params."""

    _fields_ = [
        (name, ctypes.c_int64)
        for name in (
            *("n", "c_in", "h", "w", "c_out", "kh", "kw"),
            *("pad_top", "pad_left", "pad_bottom", "pad_right"),
            *("stride_h", "stride_w", "dil_h", "dil_w", "groups"),
        )
    ]


class ConvError(Exception):
    """What the library refused, with its status and its own words."""

    def __init__(self, status: int, text: str):
        super().__init__(f"status {status}: {text}")
        self.status = status


class Engine:
    """One loaded libopstat_conv.so."""

    def __init__(self, library: str | os.PathLike[str] | None = None):
        self.path = Path(library or default_library())
        self._library = ctypes.CDLL(str(self.path))
        self._library.opstat_last_error.restype = ctypes.c_char_p

    def conv(
        self,
        x: np.ndarray,
        w: np.ndarray,
        bias: np.ndarray | None,
        geometry: Geometry,
        algorithm: str = "auto",
        scratch: str = "pooled",
    ) -> np.ndarray:
        """y in the type of x; raises ConvError, having checked y was left alone."""
        (n, c_in, h, width), (c_out, _, kh, kw) = x.shape, w.shape
        rows, columns = geometry.output((h, width), (kh, kw))
        # A shape that must be refused has no y; it still gets room for one element.
        shape = (n, c_out, max(rows, 1), max(columns, 1))
        # NaN: an element that is not written cannot pass. One element off the
        # allocation's alignment: no caller promises more than the element's own.
        room = np.full(int(np.prod(shape)) + 2 * _GUARD + 1, np.nan, x.dtype)[1:]
        y = room[_GUARD:-_GUARD].reshape(shape)
        inputs = [None if a is None else np.ascontiguousarray(a) for a in (x, w, bias)]
        params = Params(
            *(n, c_in, h, width, c_out, kh, kw),
            *geometry.pads,
            *geometry.strides,
            *geometry.dilations,
            geometry.groups,
        )
        function = {
            "float32": self._library.opstat_conv2d_f32,
            "float64": self._library.opstat_conv2d_f64,
        }[x.dtype.name]
        status = function(
            ctypes.byref(params),
            algorithm.encode(),
            scratch.encode(),
            *(_address(array) for array in (*inputs, y)),
        )
        outside = np.concatenate((room[:_GUARD], room[-_GUARD:]))
        assert np.isnan(outside).all(), "wrote outside y"
        if status != OK:
            assert np.isnan(y).all(), "wrote to y and then refused"
            raise ConvError(status, self._library.opstat_last_error().decode())
        return y

    def serving(self, algorithm: str = "auto", scratch: str = "pooled") -> Convolve:
        """conv() by `algorithm` where it takes the shape, by "auto" where not."""

        def conv(x, w, bias, geometry):
            try:
                return self.conv(x, w, bias, geometry, algorithm, scratch)
            except ConvError as error:
                if error.status != BAD_ALGORITHM:
                    raise
            return self.conv(x, w, bias, geometry, "auto", scratch)

        return conv

    def poisoned(self, algorithm: str = "auto") -> Convolve:
        """serving(), with NaN left in every pooled buffer it is about to use."""
        conv = self.serving(algorithm)

        def after_poison(x, w, bias, geometry):
            top, left, bottom, right = geometry.pads
            n, c, h, width = x.shape
            # NaN in place of the zeros of the pads, so that no column is spared.
            shape = (n, c, top + h + bottom, left + width + right)
            bare = replace(geometry, pads=Geometry.pads)
            poison = np.full(shape, np.nan, x.dtype), np.full_like(w, np.nan)
            for before in {"im2col", algorithm}:
                self.serving(before)(*poison, None, bare)
            return conv(x, w, bias, geometry)

        return after_poison

    @cached_property
    def algorithms(self) -> list[str]:
        """The names that this library knows."""
        return [a for a in ALGORITHMS if self._probe(algorithm=a) != UNKNOWN_NAME]

    @cached_property
    def scratches(self) -> list[str]:
        return [s for s in SCRATCHES if self._probe(scratch=s) != UNKNOWN_NAME]

    @cached_property
    def isas(self) -> list[str]:
        """The instruction sets of this library that run on this processor."""
        usable = []
        for name in ISAS:
            with forced_isa(name):
                if self._probe() != BAD_ISA:
                    usable.append(name)
        return usable

    def _probe(self, **names: str) -> int:
        one = np.ones((1, 1, 1, 1), np.float32)
        try:
            self.conv(one, one, None, Geometry(), **names)
        except ConvError as error:
            return error.status
        return OK


def default_library() -> Path:
    named = os.environ.get("OPSTAT_CONV_LIBRARY")
    return Path(named or _ROOT / "build/release/lib/libopstat_conv.so")


@contextmanager
def forced_isa(name: str | None) -> Iterator[None]:
    """OPSTAT_ISA for the calls within; None leaves the choice to the engine."""
    before = os.environ.get("OPSTAT_ISA")
    os.environ["OPSTAT_ISA"] = name or ""
    try:
        yield
    finally:
        if before is None:
            del os.environ["OPSTAT_ISA"]
        else:
            os.environ["OPSTAT_ISA"] = before


def _address(array: np.ndarray | None) -> ctypes.c_void_p | None:
    return None if array is None else array.ctypes.data_as(ctypes.c_void_p)
