"""Every algorithm, instruction set and scratch policy on single convolutions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from tests.parity import broken, onnx_cases, truth
from tests.parity.conv_cases import CASES, REFUSED, Case, expected, inputs_digest
from tests.parity.engine import (
    BAD_ALGORITHM,
    BAD_SHAPE,
    ConvError,
    Engine,
    forced_isa,
)
from tests.parity.geometry import Geometry

ONNX_CASES = onnx_cases.cases()
EVERY_SHAPE = ("auto", "reference", "im2col", "direct")


def takes(algorithm: str, case: Case) -> bool:
    """Whether it computes the shape: as engine/conv2d_c.h says, no less, no more."""
    if algorithm in EVERY_SHAPE:
        return True
    if algorithm == "pointwise":
        plain = case.geometry.pads == (0, 0, 0, 0) and case.geometry.strides == (1, 1)
        return case.w[2:] == (1, 1) and plain
    assert algorithm == "depthwise"
    return case.geometry.groups == case.x[1]


@dataclass(frozen=True)
class Question:
    """A case with one kind of inputs, its answer, and how far off one may be."""

    name: str
    case: Case
    inputs: tuple[np.ndarray, np.ndarray, np.ndarray | None]
    answer: np.ndarray
    bound: np.ndarray

    def wrong(self, y: np.ndarray) -> bool:
        if y.shape != self.answer.shape:
            return True
        away = np.abs(y.astype(np.float64) - self.answer)
        return not (away <= self.bound).all()


def ask(case: Case, kind: str, dtype: str) -> Question:
    inputs = tuple(None if a is None else a.astype(dtype) for a in case.inputs(kind))
    answer = expected()[f"{case.name}/{kind}"]
    magnitudes = truth.magnitude(*inputs, case.geometry)
    bound = truth.rounding_bound(case.terms, magnitudes, np.dtype(dtype))
    bound = np.zeros_like(bound) if kind == "integers" else bound
    return Question(f"{case.name}/{kind}/{dtype}", case, inputs, answer, bound)


@pytest.fixture(scope="session")
def questions() -> list[Question]:
    asked = (("float32", "float32"), ("float64", "float64"))
    exact = (("integers", "float32"), ("integers", "float64"))
    return [ask(case, *kind) for case in CASES for kind in (*asked, *exact)]


def outputs(engine: Engine, algorithm: str, question: Question) -> list[np.ndarray]:
    """y under each scratch policy; none where the algorithm refuses the shape."""
    case = question.case
    try:
        found = [
            engine.conv(*question.inputs, case.geometry, algorithm, scratch)
            for scratch in engine.scratches
        ]
    except ConvError as error:
        assert error.status == BAD_ALGORITHM, error
        found = []
    assert takes(algorithm, case) == bool(found), f"{algorithm} and {case.name}"
    return found


def test_inputs_are_those_the_answers_were_made_for():
    assert inputs_digest() == str(expected()["inputs"])


def test_the_library_has_the_names_it_began_with(engine):
    assert {"auto", "reference", "im2col", "pointwise"} <= set(engine.algorithms)
    assert {"allocating", "pooled"} <= set(engine.scratches)
    assert "scalar" in engine.isas


def test_cases_agree_with_jax(engine, algorithm, isa, questions):
    with forced_isa(isa):
        failed = [
            f"{question.name}/{scratch}"
            for question in questions
            for scratch, y in zip(
                engine.scratches, outputs(engine, algorithm, question), strict=False
            )
            if question.wrong(y)
        ]
    assert failed == []


def test_scratch_policies_give_the_same_bits(engine, algorithm, isa, questions):
    with forced_isa(isa):
        failed = []
        for question in questions:
            found = outputs(engine, algorithm, question)
            if any((y != found[0]).any() for y in found):
                failed.append(question.name)
    assert failed == []


def test_what_a_pool_holds_never_shows(engine, algorithm, isa, questions):
    with forced_isa(isa):
        conv = engine.poisoned(algorithm)
        failed = [
            question.name
            for question in questions
            if question.wrong(conv(*question.inputs, question.case.geometry))
        ]
    assert failed == []


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_shapes_that_have_no_output_are_refused(engine, algorithm, isa, case):
    for dtype in ("float32", "float64"):
        x, w = np.ones(case.x, dtype), np.ones(case.w, dtype)
        for scratch in engine.scratches:
            with forced_isa(isa), pytest.raises(ConvError) as refusal:
                engine.conv(x, w, None, case.geometry, algorithm, scratch)
            assert refusal.value.status == BAD_SHAPE


def test_there_are_18_conformance_cases():
    assert len(ONNX_CASES) == 18


@pytest.mark.parametrize("case", ONNX_CASES, ids=lambda case: case.name)
def test_onnx_conformance(engine, isa, case):
    for scratch in engine.scratches:
        with forced_isa(isa):
            y = engine.conv(case.x, case.w, case.bias, case.geometry, scratch=scratch)
        assert y.shape == case.y.shape
        # The suite's own rtol; its atol is 1e-7, for less cancelled sums.
        np.testing.assert_allclose(y, case.y, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("fault", broken.FAULTS)
def test_the_cases_see_a_broken_engine(engine, fault, questions):
    conv = broken.engine(fault, engine)
    seen = {
        question.case.name
        for question in questions
        if question.wrong(conv(*question.inputs, question.case.geometry))
    }
    assert len(seen) >= 3


def test_nan_reaches_y_through_every_tap(engine, algorithm):
    """A kernel that skips zeros would lose it."""
    x, w = np.full((1, 1, 3, 3), np.nan, np.float32), np.zeros((1, 1, 1, 1), np.float32)
    assert np.isnan(engine.conv(x, w, None, Geometry(), algorithm)).all()
