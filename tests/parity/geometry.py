"""How a kernel lies on its input, and the same from the attributes of an ONNX Conv."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Geometry:
    """Pads are top, left, bottom, right, as ONNX has them."""

    pads: tuple[int, int, int, int] = (0, 0, 0, 0)
    strides: tuple[int, int] = (1, 1)
    dilations: tuple[int, int] = (1, 1)
    groups: int = 1

    def output(self, extent: Sequence[int], kernel: Sequence[int]) -> tuple[int, int]:
        """Rows and columns of y; below 1 where the kernel does not fit."""
        rows, columns = (
            (extent[i] + self.pads[i] + self.pads[i + 2] - spread(kernel, self, i))
            // self.strides[i]
            + 1
            for i in (0, 1)
        )
        return rows, columns


# x[N,C,H,W], w[M,C/groups,kh,kw], bias[M] or None -> y[N,M,OH,OW]
Convolve = Callable[[np.ndarray, np.ndarray, np.ndarray | None, Geometry], np.ndarray]


def spread(kernel: Sequence[int], geometry: Geometry, axis: int) -> int:
    """The extent a dilated kernel covers."""
    return (kernel[axis] - 1) * geometry.dilations[axis] + 1


def from_onnx(
    attributes: Mapping[str, Any], extent: Sequence[int], kernel: Sequence[int]
) -> Geometry:
    """`attributes` may lack any key or hold None, which means ONNX's default."""
    bare = Geometry(
        strides=tuple(attributes.get("strides") or (1, 1)),
        dilations=tuple(attributes.get("dilations") or (1, 1)),
        groups=int(attributes.get("group") or 1),
    )
    auto_pad = attributes.get("auto_pad") or "NOTSET"
    if isinstance(auto_pad, bytes):
        auto_pad = auto_pad.decode()
    if auto_pad in ("SAME_UPPER", "SAME_LOWER"):
        pads = _same_pads(bare, extent, kernel, extra_first=auto_pad == "SAME_LOWER")
    else:
        pads = tuple(attributes.get("pads") or (0, 0, 0, 0))
    return Geometry(pads, bare.strides, bare.dilations, bare.groups)


def _same_pads(
    bare: Geometry, extent: Sequence[int], kernel: Sequence[int], *, extra_first: bool
) -> tuple[int, int, int, int]:
    first, last = [], []
    for i in (0, 1):
        outputs = -(-extent[i] // bare.strides[i])
        needed = (outputs - 1) * bare.strides[i] + spread(kernel, bare, i)
        total = max(needed - extent[i], 0)
        first.append((total + extra_first) // 2)
        last.append(total - first[-1])
    return (*first, *last)
