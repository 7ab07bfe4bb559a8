"""The candidate onnxruntime: one Conv node with constant weights, one thread."""

from __future__ import annotations

from itertools import repeat
from time import perf_counter

import numpy as np
import onnx
import onnxruntime
from onnx import helper

from tests.peers.library import Tensors
from tests.peers.shapes import Shape

_FLOAT = onnx.TensorProto.FLOAT


def version() -> str:
    """Name and version."""
    return f"onnxruntime {onnxruntime.__version__}"


class Session:
    """A model with input x and output y that reads and writes given arrays."""

    implementation = "CPU provider"

    def __init__(self, model: onnx.ModelProto, x: np.ndarray, y: np.ndarray):
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), _one_thread(), ["CPUExecutionProvider"]
        )
        # On a CPU an OrtValue refers to the array, so a run copies nothing.
        self._binding = self._session.io_binding()
        value = onnxruntime.OrtValue.ortvalue_from_numpy
        self._binding.bind_ortvalue_input("x", value(x))
        self._binding.bind_ortvalue_output("y", value(y))

    def run(self, times: int) -> float:
        """Seconds that so many runs took together."""
        run, binding = self._session.run_with_iobinding, self._binding
        start = perf_counter()
        for _ in repeat(None, times):
            run(binding)
        return perf_counter() - start


def conv(shape: Shape, tensors: Tensors) -> Session:
    """The convolution as a session."""
    node = helper.make_node(
        "Conv",
        ["x", "weights"],
        ["y"],
        kernel_shape=[shape.kernel] * 2,
        strides=[shape.stride] * 2,
        pads=[shape.pad] * 4,
        dilations=[shape.dilation] * 2,
        group=shape.groups,
    )
    weights = onnx.numpy_helper.from_array(tensors.weights, "weights")
    model = _model(node, shape.input, shape.output, [weights])
    return Session(model, tensors.x, tensors.y)


def identity() -> Session:
    """A session that copies one number: what a call costs by itself."""
    one = np.zeros((1,), np.float32)
    model = _model(helper.make_node("Identity", ["x"], ["y"]), (1,), (1,), [])
    return Session(model, one, one.copy())


def _model(node, x_extents, y_extents, constants) -> onnx.ModelProto:
    graph = helper.make_graph(
        [node],
        "peer",
        [helper.make_tensor_value_info("x", _FLOAT, x_extents)],
        [helper.make_tensor_value_info("y", _FLOAT, y_extents)],
        constants,
    )
    opset = helper.make_opsetid("", 13)
    return helper.make_model(graph, opset_imports=[opset], ir_version=8)


def _one_thread() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
