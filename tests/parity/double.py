"""A model in float64, by onnx's reference evaluator: onnxruntime's Conv has no float64.

Some of the evaluator's operators are replaced: BatchNormalization of opsets 9 to 13
mixes the batch's own statistics in, LRN runs over images in place of channels, and
Sigmoid and the pools are loops in Python.
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.lib.stride_tricks import sliding_window_view
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import OpRun

from tests.parity.engine import ConvError
from tests.parity.geometry import Convolve, from_onnx


class CannotEvaluateError(Exception):
    """The evaluator would not give this model's true outputs."""


def run(
    model: onnx.ModelProto, feed: dict[str, np.ndarray], conv: Convolve
) -> list[np.ndarray]:
    """All weights, inputs and sums in float64; `conv` computes the convolutions."""
    wide = {k: v.astype(float) if v.dtype == np.float32 else v for k, v in feed.items()}
    try:
        evaluator = ReferenceEvaluator(widened(model), new_ops=_operators(conv))
        return evaluator.run(None, wide)
    except ConvError:
        raise
    except Exception as error:  # an evaluator that meets what it lacks raises anything
        raise CannotEvaluateError(f"{type(error).__name__}: {error}") from error


def widened(model: onnx.ModelProto) -> onnx.ModelProto:
    wide = onnx.ModelProto.FromString(model.SerializeToString())
    single, double = onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE
    for tensor in wide.graph.initializer:
        if tensor.data_type == single:
            values = numpy_helper.to_array(tensor).astype(np.float64)
            tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
    for value in (*wide.graph.input, *wide.graph.output, *wide.graph.value_info):
        if value.type.tensor_type.elem_type == single:
            value.type.tensor_type.elem_type = double
    return wide


def _operators(conv: Convolve) -> list[type[OpRun]]:
    class Conv(OpRun):
        op_domain = ""

        def _run(self, x, w, bias=None, **attributes):
            geometry = from_onnx(attributes, x.shape[2:], w.shape[2:])
            return (conv(x, w, bias, geometry),)

    return [Conv, MaxPool, AveragePool, Sigmoid, BatchNormalization, LRN]


class MaxPool(OpRun):
    op_domain = ""

    def _run(self, x, **attributes):
        assert attributes.get("auto_pad") in (None, "NOTSET"), "MaxPool with auto_pad"
        assert set(attributes.get("dilations") or (1,)) == {1}, "MaxPool with dilations"
        return (_windows(x, attributes, -np.inf).max(axis=(4, 5)),)


class AveragePool(OpRun):
    op_domain = ""

    def _run(self, x, **attributes):
        assert attributes.get("auto_pad") in (None, "NOTSET"), "AveragePool, auto_pad"
        counting = attributes.get("count_include_pad") and any(attributes["pads"] or ())
        assert not counting, "AveragePool that counts pads"
        windows = _windows(x, attributes, np.nan)
        return (np.nanmean(windows, axis=(4, 5), dtype=x.dtype),)


class Sigmoid(OpRun):
    op_domain = ""

    def _run(self, x):
        small = np.exp(-np.abs(x))
        return (np.where(x >= 0, 1, small) / (1 + small),)


class BatchNormalization(OpRun):
    op_domain = ""

    def _run(self, x, scale, bias, mean, variance, **attributes):
        assert not attributes.get("training_mode"), "BatchNormalization that trains"
        column = (1, -1, *[1] * (x.ndim - 2))
        epsilon = attributes.get("epsilon")
        deviation = np.sqrt(variance + (1e-5 if epsilon is None else epsilon))
        away = (x - mean.reshape(column)) / deviation.reshape(column)
        return (scale.reshape(column) * away + bias.reshape(column),)


class LRN(OpRun):
    op_domain = ""

    def _run(self, x, **attributes):
        size = attributes["size"]
        before = (size - 1) // 2
        around = ((0, 0), (before, size - 1 - before), *[(0, 0)] * (x.ndim - 2))
        squares = np.pad(x * x, around)
        sums = sliding_window_view(squares, size, axis=1).sum(axis=-1)
        scale = attributes["bias"] + attributes["alpha"] / size * sums
        return (x / scale ** attributes["beta"],)


def _windows(x: np.ndarray, attributes: dict, fill: float) -> np.ndarray:
    kernel = attributes["kernel_shape"]
    pads = list(attributes.get("pads") or (0, 0, 0, 0))
    strides = list(attributes.get("strides") or (1, 1))
    if attributes.get("ceil_mode"):
        for i in (0, 1):
            # As many more at the end as make the last, partial window a whole one.
            past = x.shape[2 + i] + pads[i] + pads[2 + i] - kernel[i]
            pads[2 + i] += -past % strides[i]
    around = ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3]))
    padded = np.pad(x, around, constant_values=fill)
    windows = sliding_window_view(padded, tuple(kernel), axis=(2, 3))
    return windows[:, :, :: strides[0], :: strides[1]]
