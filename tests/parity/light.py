"""Well-known nets from the onnx package, which has them without their weights.

"Light" is its word for a topology whose float tensors are made by ConstantOfShape. Each
is replaced by seeded values that suit what reads it, so that numbers stay in range.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnx.shape_inference
from onnx import numpy_helper

_DATA = Path(onnx.__file__).parent / "backend/test/data/light"
NAMES = ("squeezenet", "shufflenet", "resnet50", "densenet121", "inception_v1")

Draw = Callable[[tuple[int, ...]], np.ndarray]


def light(name: str, seed: int = 5) -> onnx.ModelProto:
    model = onnx.load(_DATA / f"light_{name}.onnx")
    graph = model.graph
    given = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    shapes = _float_shapes(graph, given)
    values = _seeded(graph, shapes, np.random.default_rng(seed))
    _keep(graph.node, lambda node: node.op_type != "ConstantOfShape")
    used = {tensor for node in graph.node for tensor in node.input}
    unfilled = used & shapes.keys() - values.keys()
    assert not unfilled, f"nothing says what to put into {sorted(unfilled)}"
    values |= {k: v for k, v in given.items() if k in used and k not in shapes}
    del graph.initializer[:]
    graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in values.items())
    _keep(graph.input, lambda i: i.name in used and i.name not in values)
    # Before version 4 every initializer had to be an input as well.
    model.ir_version = 8
    _show_logits(model)
    onnx.checker.check_model(model)
    return model


def _float_shapes(
    graph: onnx.GraphProto, given: dict[str, np.ndarray]
) -> dict[str, tuple[int, ...]]:
    shapes = {k: v.shape for k, v in given.items() if v.dtype == np.float32}
    for node in graph.node:
        if node.op_type == "ConstantOfShape":
            shapes[node.output[0]] = tuple(int(n) for n in given[node.input[0]])
    return shapes


def _seeded(
    graph: onnx.GraphProto,
    shapes: dict[str, tuple[int, ...]],
    random: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Values for the weights of each node, in the order of the nodes."""
    views = {
        node.output[0]: node.input[0]
        for node in graph.node
        if node.op_type in ("Unsqueeze", "Reshape")
    }
    values: dict[str, np.ndarray] = {}
    for node in graph.node:
        for tensor, draw in zip(
            node.input[1:], _draws(node.op_type, random), strict=False
        ):
            name = views.get(tensor, tensor)
            if name in shapes and name not in values:
                values[name] = draw(shapes[name]).astype(np.float32)
    return values


def _draws(op_type: str, random: np.random.Generator) -> list[Draw]:
    """How to draw the second and further inputs of a node."""

    def he(shape: tuple[int, ...]) -> np.ndarray:
        return random.standard_normal(shape) * np.sqrt(2 / max(1, np.prod(shape[1:])))

    def small(shape: tuple[int, ...]) -> np.ndarray:
        return random.standard_normal(shape) * 0.1

    def scale(shape: tuple[int, ...]) -> np.ndarray:
        return random.uniform(0.5, 1.2, shape)

    def variance(shape: tuple[int, ...]) -> np.ndarray:
        return random.uniform(0.8, 1.5, shape)

    return {
        "Conv": [he, small],
        "Gemm": [he, small],
        "BatchNormalization": [scale, small, small, variance],
        "Mul": [scale],
        "Add": [small],
    }.get(op_type, [])


def _keep(field, wanted: Callable) -> None:
    kept = [item for item in field if wanted(item)]
    del field[:]
    field.extend(kept)


def _show_logits(model: onnx.ModelProto) -> None:
    """Makes the input of the last softmax an output: it shows what softmax hides."""
    softmax = [node for node in model.graph.node if node.op_type == "Softmax"]
    if softmax:
        inferred = onnx.shape_inference.infer_shapes(model).graph.value_info
        logits = (v for v in inferred if v.name == softmax[-1].input[0])
        model.graph.output.append(next(logits))
