"""The 2-D float Conv cases of ONNX's conformance suite, part of the onnx package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from tests.parity.geometry import Geometry, from_onnx

_DATA = Path(onnx.__file__).parent / "backend/test/data"
SUITES = ("node", "pytorch-converted", "pytorch-operator")


@dataclass(frozen=True)
class OnnxCase:
    """One set of tensors of one case."""

    name: str
    x: np.ndarray
    w: np.ndarray
    bias: np.ndarray | None
    geometry: Geometry
    y: np.ndarray


def cases() -> list[OnnxCase]:
    return [
        case
        for suite in SUITES
        for folder in sorted((_DATA / suite).glob("test_*"))
        for case in _cases_in(folder)
    ]


def _cases_in(folder: Path) -> Iterator[OnnxCase]:
    graph = onnx.load(folder / "model.onnx").graph
    if [node.op_type for node in graph.node] != ["Conv"]:
        return
    node = graph.node[0]
    attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    fixed = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    free = [i.name for i in graph.input if i.name not in fixed]
    for data in sorted(folder.glob("test_data_set_*")):
        given = {name: _tensor(data / f"input_{i}.pb") for i, name in enumerate(free)}
        x, w, *bias = ((fixed | given)[name] for name in node.input)
        if x.ndim == 4:
            yield OnnxCase(
                name=f"{folder.parent.name}/{folder.name}",
                x=x,
                w=w,
                bias=bias[0] if bias else None,
                geometry=from_onnx(attributes, x.shape[2:], w.shape[2:]),
                y=_tensor(data / "output_0.pb"),
            )


def _tensor(path: Path) -> np.ndarray:
    return numpy_helper.to_array(onnx.TensorProto.FromString(path.read_bytes()))
