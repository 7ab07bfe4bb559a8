"""Reads and validates an `opstat.report/1` document."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypeVar

from reports.document import (
    Benchmark,
    Center,
    Comparison,
    Geomean,
    Interval,
    Measurement,
    Number,
    Policy,
    Report,
    Row,
    Run,
    Samples,
    SelfCheck,
    Side,
)
from reports.text import visible

SCHEMA = "opstat.report/1"
COMPARE_SCHEMA = "opstat.compare/1"
T = TypeVar("T")


class BadDataError(Exception):
    """A document that cannot be reported: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Node:
    """A JSON object and its path, so that an error can say where it is.

    An absent member reads as null. All text comes out `visible`.
    """

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise _mistyped(path, "an object")
        self._members = value
        self._path = path

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def text(self, key: str) -> str:
        """The text of `key`; a number becomes text, null the empty text."""
        value = self._members.get(key)
        if isinstance(value, dict | list):
            raise _mistyped(self._at(key), "text")
        return "" if value is None else visible(str(value))

    def required_text(self, key: str) -> str:
        """The text of `key`, which must be there."""
        if not isinstance(self._members.get(key), str):
            raise _mistyped(self._at(key), "text")
        return self.text(key)

    def number(self, key: str) -> Number:
        """The finite number of `key`, or None."""
        return _number(self._members.get(key), self._at(key))

    def integer(self, key: str) -> int:
        """The whole number of `key`; null is 0."""
        return int(self.number(key) or 0)

    def flag(self, key: str) -> bool:
        """Whether `key` is true."""
        return self._members.get(key) is True

    def child(self, key: str, read: Callable[[Node], T]) -> T | None:
        """What `read` makes of the object at `key`, or None for null."""
        value = self._members.get(key)
        return None if value is None else read(Node(value, self._at(key)))

    def children(self, key: str, read: Callable[[Node], T]) -> tuple[T, ...]:
        """What `read` makes of each object of the list at `key`."""
        return tuple(read(Node(value, path)) for value, path in self._items(key))

    def numbers(self, key: str) -> Samples:
        """The numbers of the list at `key`, with None for null."""
        return tuple(_number(value, path) for value, path in self._items(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list at `key`."""
        return tuple(visible(str(value)) for value, _ in self._items(key))

    def text_map(self, key: str) -> dict[str, str]:
        """The object at `key` as names and texts, null ones left out."""
        value = self._members.get(key) or {}
        node = Node(value, self._at(key))
        return {visible(name): node.text(name) for name in value if node.text(name)}

    def _items(self, key: str) -> list[tuple[Any, str]]:
        value = self._members.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise _mistyped(self._at(key), "a list")
        return [(item, f"{self._at(key)}[{i}]") for i, item in enumerate(value)]


def parse(data: bytes) -> Report:
    """The report in `data`, UTF-8 JSON. Raises BadDataError."""
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise BadDataError(
            f"the input is not JSON: {error}",
            "write it with: opstat export --format report",
        ) from error
    root = Node(value, "")
    _check_schema(root.text("schema"), SCHEMA)
    run = root.child("run", _run) or Run()
    return Report(root.text("tool"), run, root.child("comparison", _comparison))


def _mistyped(path: str, expected: str) -> BadDataError:
    return BadDataError(
        f"{visible(path) or 'the document'} is not {expected}",
        "write the input with: opstat export --format report",
    )


def _check_schema(found: str, expected: str) -> None:
    if found != expected:
        raise BadDataError(
            f"the schema is {found!r}, and this program reads {expected!r}",
            "use the opstat and the reports of one release",
        )


def _number(value: Any, path: str) -> Number:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _mistyped(path, "a number")
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _run(node: Node) -> Run:
    return Run(
        node.text("id"),
        node.text("time"),
        node.text("label"),
        node.text_map("facts"),
        node.children("benchmarks", _benchmark),
    )


def _benchmark(node: Node) -> Benchmark:
    return Benchmark(
        node.required_text("name"), node.children("measurements", _measurement)
    )


def _measurement(node: Node) -> Measurement:
    return Measurement(node.required_text("unit"), node.numbers("values"))


def _comparison(node: Node) -> Comparison:
    _check_schema(node.text("schema"), COMPARE_SCHEMA)
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
