"""A model in onnxruntime with its convolutions computed elsewhere.

Every Conv node becomes a Python operator (onnxruntime-extensions); all else stays
onnxruntime's own, so that what differs is due to the convolutions alone.
"""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from onnxruntime_extensions import PyCustomOpDef, get_library_path, onnx_op

from tests.parity.geometry import Convolve, from_onnx

Tensors = dict[str, np.ndarray]

_DOMAIN = "ai.onnx.contrib"
_FLOAT, _INT64 = PyCustomOpDef.dt_float, PyCustomOpDef.dt_int64

# An operator is registered for the process and knows no model; a number that it is
# passed says which node of which one called.
_nodes: list[_Node] = []


@onnx_op(
    op_type="ServedConv", inputs=[_FLOAT, _FLOAT, _FLOAT, _INT64], outputs=[_FLOAT]
)
def _served_conv(x: np.ndarray, w: np.ndarray, bias: np.ndarray, node: np.ndarray):
    return _nodes[int(node[0])].compute(x, w, bias if bias.size else None)


def session(
    model: onnx.ModelProto, *, optimised: bool = True
) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if not optimised:
        levels = onnxruntime.GraphOptimizationLevel
        options.graph_optimization_level = levels.ORT_DISABLE_ALL
    options.register_custom_ops_library(get_library_path())
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


class ServedModel:
    """`model`, waiting for a convolution; `convs` is the number of nodes it serves."""

    def __init__(self, model: onnx.ModelProto):
        self._conv: Convolve | None = None
        self._error: Exception | None = None
        self.calls = 0
        served = onnx.ModelProto.FromString(model.SerializeToString())
        nodes = servable(served.graph)
        self.convs = len(nodes)
        self.others = sum(n.op_type == "Conv" for n in served.graph.node) - self.convs
        for node in nodes:
            self._take_over(served.graph, node)
        no_bias = np.zeros(0, np.float32)
        served.graph.initializer.append(numpy_helper.from_array(no_bias, "no bias"))
        served.opset_import.append(helper.make_opsetid(_DOMAIN, 1))
        self._session = session(served)

    def run(self, feed: Tensors, conv: Convolve) -> list[np.ndarray]:
        """The outputs; `calls` counts those of `conv`. Raises what it raises."""
        self._conv, self._error, self.calls = conv, None, 0
        outputs = self._session.run(None, feed)
        if self._error is not None:
            raise self._error
        return outputs

    def compute(
        self, x: np.ndarray, w: np.ndarray, bias: np.ndarray | None, attributes: dict
    ) -> np.ndarray:
        geometry = from_onnx(attributes, x.shape[2:], w.shape[2:])
        self.calls += 1
        if self._error is None:
            try:
                return self._conv(x, w, bias, geometry)
            except Exception as error:  # cannot pass through onnxruntime
                self._error = error
        shape = (x.shape[0], w.shape[0], *geometry.output(x.shape[2:], w.shape[2:]))
        return np.full(shape, np.nan, x.dtype)

    def _take_over(self, graph: onnx.GraphProto, node: onnx.NodeProto) -> None:
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        number = np.array([len(_nodes)], np.int64)
        _nodes.append(_Node(self, attributes))
        name = f"served conv {number[0]}"
        graph.initializer.append(numpy_helper.from_array(number, name))
        bias = node.input[2] if len(node.input) > 2 and node.input[2] else "no bias"
        inputs = [*node.input[:2], bias, name]
        node.CopyFrom(
            helper.make_node(
                "ServedConv", inputs, node.output, name=node.name, domain=_DOMAIN
            )
        )


class _Node:
    """One node of one model, with the attributes ServedConv cannot carry."""

    def __init__(self, model: ServedModel, attributes: dict):
        self._model = model
        self._attributes = attributes

    def compute(
        self, x: np.ndarray, w: np.ndarray, bias: np.ndarray | None
    ) -> np.ndarray:
        return self._model.compute(x, w, bias, self._attributes)


def servable(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """The Conv nodes over two dimensions, by the rank of their float32 weights."""
    weights = {i.name: i for i in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            weights[node.output[0]] = node.attribute[0].t
    return [
        node
        for node in graph.node
        if node.op_type == "Conv"
        and node.input[1] in weights
        and weights[node.input[1]].data_type == onnx.TensorProto.FLOAT
        and len(weights[node.input[1]].dims) == 4
    ]
