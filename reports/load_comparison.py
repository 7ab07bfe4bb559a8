"""Reads an `opstat.compare/1` document."""

from __future__ import annotations

from reports.document import (
    Center,
    Comparison,
    Geomean,
    Interval,
    Policy,
    Row,
    SelfCheck,
    Side,
)
from reports.node import Node, check_schema

SCHEMA = "opstat.compare/1"


def comparison(node: Node) -> Comparison:
    """The comparison in `node`. Raises BadDataError."""
    check_schema(node.text("schema"), SCHEMA)
    return Comparison(
        baseline=node.child("baseline", _side) or Side("baseline", ""),
        contenders=node.children("contenders", _side) or (Side("contender", ""),),
        interleaved=node.flag("interleaved"),
        seed=node.text("seed"),
        environment=node.text_map("environment"),
        policy=node.child("policy", _policy) or Policy("", None, None, None),
        self_check=node.child("self_check", _self_check),
        rows=node.children("rows", _row),
        geomean=node.children("geomean", _geomean),
        outcome=node.text("outcome"),
        warnings=node.texts("warnings"),
    )


def _side(node: Node) -> Side:
    return Side(node.text("label"), node.text("commit"))


def _policy(node: Node) -> Policy:
    numbers = (node.number(key) for key in ("alpha", "m", "must_see"))
    return Policy(node.text("mode"), *numbers)


def _self_check(node: Node) -> SelfCheck:
    return SelfCheck(*(node.integer(key) for key in ("tests", "fired", "limit")))


def _geomean(node: Node) -> Geomean:
    return Geomean(
        node.required_text("unit"),
        node.integer("contender_index"),
        node.number("delta_percent"),
    )


def _center(node: Node) -> Center:
    numbers = (node.number(key) for key in ("center", "low", "high", "confidence"))
    return Center(node.integer("n"), *numbers)


def _interval(node: Node) -> Interval:
    keys = ("ratio", "low", "high", "confidence")
    return Interval(*(node.number(key) for key in keys))


def _row(node: Node) -> Row:
    tau = node.child("tau", lambda tau: (tau.number("value"), tau.text("origin")))
    samples = node.child(
        "samples", lambda pair: (pair.numbers("baseline"), pair.numbers("contender"))
    )
    return Row(
        benchmark=node.required_text("benchmark"),
        unit=node.required_text("unit"),
        role=node.text("role"),
        verdict=node.text("verdict"),
        better=node.text("better") or "lower",
        contender_index=node.integer("contender_index"),
        baseline=node.child("baseline", _center),
        contender=node.child("contender", _center),
        difference=node.number("difference"),
        delta_percent=node.number("delta_percent"),
        p_value=node.number("p_value"),
        hodges_lehmann=node.child("hodges_lehmann", _interval),
        bound=node.number("bound"),
        tau=tau[0] if tau else None,
        tau_origin=tau[1] if tau else "",
        rule=node.text("rule"),
        warnings=node.texts("warnings"),
        baseline_samples=samples[0] if samples else (),
        contender_samples=samples[1] if samples else (),
    )
