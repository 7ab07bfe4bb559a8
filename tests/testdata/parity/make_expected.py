"""Makes expected.npz: the convolutions of conv_cases.py by JAX in float64.

    python3 -m venv build/jax-venv
    build/jax-venv/bin/pip install -r tests/testdata/parity/requirements.txt
    build/jax-venv/bin/python -m tests.testdata.parity.make_expected

Every answer is held against the definition in float64 (tests/parity/truth.py) and
against onnxruntime in float32 before it is written. The same bytes on each run.
"""

from __future__ import annotations

import jax
import numpy as np
import onnx
import onnxruntime
from onnx import helper

from tests.parity import truth
from tests.parity.conv_cases import CASES, EXPECTED, KINDS, Case, inputs_digest

# Integers up to 864 * 4 * 4; float32 keeps the file small and rounds half a unit.
STORED = {"float32": np.float32, "float64": np.float64, "integers": np.int16}


def by_jax(case: Case, kind: str) -> np.ndarray:
    x, w, bias = (None if a is None else a.astype(float) for a in case.inputs(kind))
    top, left, bottom, right = case.geometry.pads
    y = np.array(
        jax.lax.conv_general_dilated(
            x,
            w,
            case.geometry.strides,
            [(top, bottom), (left, right)],
            rhs_dilation=case.geometry.dilations,
            dimension_numbers=("NCHW", "OIHW", "NCHW"),
            feature_group_count=case.geometry.groups,
            precision="highest",
        )
    )
    assert y.dtype == np.float64
    return y if bias is None else y + bias.reshape(1, -1, 1, 1)


def by_onnxruntime(case: Case, kind: str) -> np.ndarray:
    inputs = dict(zip("xwb", case.inputs(kind), strict=True))
    feed = {name: array for name, array in inputs.items() if array is not None}
    node = helper.make_node(
        "Conv",
        list(feed),
        ["y"],
        pads=case.geometry.pads,
        strides=case.geometry.strides,
        dilations=case.geometry.dilations,
        group=case.geometry.groups,
    )
    values = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
        for name in (*feed, "y")
    ]
    graph = helper.make_graph([node], "conv", values[:-1], values[-1:])
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return session.run(None, feed)[0]


def checked(case: Case, kind: str) -> np.ndarray:
    y = by_jax(case, kind)
    inputs = case.inputs(kind)
    largest = truth.magnitude(*inputs, case.geometry).max()
    exact = kind == "integers"
    away = np.abs(truth.conv_in_double(*inputs, case.geometry) - y).max() / largest
    assert away <= (0 if exact else 2e-15), (case.name, kind, away)
    if kind != "float64":
        away = np.abs(by_onnxruntime(case, kind) - y).max() / largest
        assert away <= (0 if exact else 1e-6), (case.name, kind, away)
    stored = y.astype(STORED[kind])
    assert not exact or (stored == y).all()
    return stored


def main() -> None:
    jax.config.update("jax_enable_x64", True)
    answers = {f"{c.name}/{kind}": checked(c, kind) for c in CASES for kind in KINDS}
    np.savez_compressed(EXPECTED, inputs=inputs_digest(), **answers)
    print(f"{len(answers)} answers, {EXPECTED.stat().st_size} bytes")


if __name__ == "__main__":
    main()
