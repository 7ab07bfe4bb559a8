"""The nets that parity is judged on, and a person's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from google.protobuf.message import DecodeError

from tests.parity import light, spectro
from tests.parity.whole_model import Net

BUILT_IN = ("spectro", *light.NAMES)
SEEDED = "seeded weights"


class BadModelError(Exception):
    """A file that is no model to be judged; `hint` is what to do about it."""

    def __init__(self, text: str, hint: str):
        super().__init__(text)
        self.hint = hint


def built_in(name: str) -> Net:
    if name == "spectro":
        feed = {"spec": spectro.spectrograms()}
        return Net(name, spectro.spectro(), feed, SEEDED)
    model = light.light(name)
    return Net(name, model, _feed(model), SEEDED)


def from_file(path: Path, inputs: Path | None = None) -> Net:
    """`inputs`: an .npz with an array for each input, or .npy where there is one."""
    try:
        model = onnx.load(path)
    except (OSError, DecodeError) as error:
        raise BadModelError(
            f"cannot read {path}: {error}",
            f"name an .onnx file, or one of {', '.join(BUILT_IN)}",
        ) from error
    given = _given(model, inputs) if inputs else {}
    return Net(path.name, model, _feed(model) | given, "its own weights")


def _free_inputs(model: onnx.ModelProto) -> list[onnx.ValueInfoProto]:
    fixed = {i.name for i in model.graph.initializer}
    return [i for i in model.graph.input if i.name not in fixed]


def _feed(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    """Seeded noise for each float32 input; a dimension left open is 1."""
    random = np.random.default_rng(1)
    feed = {}
    for value in _free_inputs(model):
        tensor = value.type.tensor_type
        if tensor.elem_type == onnx.TensorProto.FLOAT:
            shape = [d.dim_value or 1 for d in tensor.shape.dim]
            feed[value.name] = random.standard_normal(shape).astype(np.float32)
    return feed


def _given(model: onnx.ModelProto, path: Path) -> dict[str, np.ndarray]:
    try:
        loaded = np.load(path)
    except (OSError, ValueError) as error:
        raise BadModelError(
            f"cannot read {path}: {error}", "give an .npy or .npz file of numpy"
        ) from error
    if isinstance(loaded, np.ndarray):
        return {_free_inputs(model)[0].name: loaded}
    return dict(loaded)
