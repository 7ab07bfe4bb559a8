"""Parity on the quick net; `make parity` judges all of them."""

from __future__ import annotations

import onnx
import pytest
from onnx import TensorProto, helper

from tests.parity import broken, spectro
from tests.parity.__main__ import BAD_DATA, COULD_NOT_RUN, NO_PARITY, PARITY, main
from tests.parity.engine import forced_isa
from tests.parity.light import light
from tests.parity.nets import built_in
from tests.parity.whole_model import Comparison, Layers


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    return Comparison(built_in("spectro"))


def test_spectro_has_parity_with_onnxruntime(comparison, engine):
    report = comparison.report(engine)
    assert report.convs == 66
    assert report.in_double.engine_in_double is not None
    assert report.faults() == []


def test_every_way_to_compute_has_parity(comparison, engine, algorithm, isa):
    with forced_isa(isa):
        agreement = comparison.agreement(engine.serving(algorithm))
    assert comparison.served.calls == 66
    assert agreement.faults() == []


@pytest.mark.parametrize("fault", broken.FAULTS)
def test_a_broken_engine_fails(comparison, engine, fault):
    layers = Layers()
    conv = layers.watching(broken.engine(fault, engine))
    assert comparison.agreement(conv).faults() != []
    assert layers.worst > 1


def test_an_error_of_the_engine_is_not_lost(comparison):
    def conv(*_):
        raise ValueError("out of luck")

    with pytest.raises(ValueError, match="out of luck"):
        comparison.logits(conv)


def test_spectro_holds_three_products_of_known_size():
    """Output channels x positions x taps, as bird-song recognisers have them."""
    graph = onnx.shape_inference.infer_shapes(spectro.spectro()).graph
    extents = {
        v.name: [d.dim_value for d in v.type.tensor_type.shape.dim]
        for v in graph.value_info
    }
    weights = {i.name: i.dims for i in graph.initializer}
    products = set()
    for node in graph.node:
        if node.op_type == "Conv":
            c_out, *taps = weights[node.input[1]]
            rows, columns = extents[node.output[0]][2:]
            products.add((c_out, rows * columns, taps[0] * taps[1] * taps[2]))
    assert {(864, 96, 108), (288, 384, 72), (1536, 24, 192)} <= products


def test_a_file_of_ones_own(tmp_path, capsys):
    path = tmp_path / "own.onnx"
    onnx.save(light("squeezenet"), path)
    assert main([str(path)]) == PARITY
    said = capsys.readouterr().out
    assert "own.onnx" in said
    assert "its own weights" in said
    assert "seeded" not in said


def test_a_model_without_convolutions_proves_nothing(tmp_path, capsys):
    values = [
        helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, 8]) for n in ("x", "y")
    ]
    node = helper.make_node("Relu", ["x"], ["y"])
    graph = helper.make_graph([node], "relu", values[:1], values[1:])
    opset = helper.make_opsetid("", 17)
    path = tmp_path / "relu.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), path)
    assert main([str(path)]) == NO_PARITY
    assert "no Conv node that the engine could serve" in capsys.readouterr().out


def test_no_model_and_no_engine_are_said_with_a_hint(tmp_path, capsys):
    assert main([str(tmp_path / "none.onnx")]) == BAD_DATA
    assert main(["--library", str(tmp_path / "none.so")]) == COULD_NOT_RUN
    assert capsys.readouterr().err.count("hint: ") == 2
