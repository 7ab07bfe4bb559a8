"""The candidates that are C++ libraries: candidate.cc seen from Python."""

from __future__ import annotations

import ctypes
import math
from pathlib import Path

import numpy as np

from tests.peers.shapes import Shape

# What brings the library that a candidate needs.
_PACKAGES = {"onednn": "libdnnl-dev", "openblas": "libopenblas-dev"}


class MissingPeerError(Exception):
    """Something to compare with is not there; the text says what to type."""


class FailedError(Exception):
    """A candidate could not be made or run."""


class Library:
    """One candidate library; never unloaded."""

    def __init__(self, folder: Path, name: str):
        path = folder / f"{name}.so"
        try:
            self._library = ctypes.CDLL(str(path))
        except OSError as error:
            package = _PACKAGES.get(name)
            hint = f"sudo apt-get install {package}; make peers"
            raise MissingPeerError(
                f"{error}. Type: {hint if package else 'make peers'}"
            ) from error
        self._declare()

    def _declare(self) -> None:
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        signatures = {
            "peer_open": (
                pointer,
                [text, pointer, ctypes.c_int, pointer, pointer, pointer],
            ),
            "peer_run": (ctypes.c_double, [pointer, ctypes.c_int64]),
            "peer_implementation": (text, [pointer]),
            "peer_version": (text, []),
            "peer_error": (text, []),
        }
        for name, (result, arguments) in signatures.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments

    def version(self) -> str:
        """In the library's own words."""
        return self._library.peer_version().decode()

    def error(self) -> str:
        """Why the last call failed."""
        return self._library.peer_error().decode()

    def open(self, method: str, shape: Shape, tensors: Tensors) -> Compiled:
        """The library's way `method` to compute the shape on these tensors."""
        handle = self._library.peer_open(
            method.encode(),
            _params(shape),
            int(tensors.dtype == "f64"),
            tensors.x.ctypes.data,
            tensors.weights.ctypes.data,
            tensors.y.ctypes.data,
        )
        if not handle:
            raise FailedError(f"{method}, {shape.name}: {self.error()}")
        implementation = self._library.peer_implementation(handle).decode()
        return Compiled(self, self._library.peer_run, handle, implementation)


def _params(s: Shape) -> ctypes.Array:
    return (ctypes.c_int64 * 16)(
        *s.input,
        *(s.c_out, s.kernel, s.kernel),
        *(s.pad,) * 4,
        *(s.stride, s.stride, s.dilation, s.dilation, s.groups),
    )


class Compiled:
    """A convolution ready to run."""

    def __init__(self, library: Library, run, handle: int, implementation: str):
        self._library, self._run, self._handle = library, run, handle
        self.implementation = implementation

    def run(self, times: int) -> float:
        """Seconds that so many runs took together."""
        seconds = self._run(self._handle, times)
        if math.isnan(seconds):
            raise FailedError(self._library.error())
        return seconds


class Tensors:
    """Random operands, the same for every candidate, and room for the result;
    each begins at a cache line.
    """

    def __init__(self, shape: Shape, dtype: str, seed: int):
        self.dtype = dtype
        generator = np.random.default_rng(seed)
        kind = np.float32 if dtype == "f32" else np.float64
        self.x = _aligned(generator.uniform(-1, 1, shape.input).astype(kind))
        self.weights = _aligned(generator.uniform(-1, 1, shape.weights).astype(kind))
        self.y = _aligned(np.zeros(shape.output, kind))


def _aligned(values: np.ndarray) -> np.ndarray:
    room = np.empty(values.nbytes + 64, np.uint8)
    start = -room.ctypes.data % 64
    array = room[start : start + values.nbytes].view(values.dtype)
    array = array.reshape(values.shape)
    array[...] = values
    return array
