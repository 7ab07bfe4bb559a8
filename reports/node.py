"""A JSON document read with care: every complaint says where."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from reports.document import Number, Samples
from reports.text import visible

T = TypeVar("T")


class BadDataError(Exception):
    """A document that cannot be reported: what is wrong, and what to do."""

    exit_code = 5

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class NoBenchmarkError(BadDataError):
    """A benchmark that was asked for and is not there."""

    exit_code = 4


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

    def refuse(self, expected: str) -> NoReturn:
        """Raises BadDataError: the object is not what it should be."""
        raise _mistyped(self._path, expected)

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
        value = self._members.get(key)
        if type(value) is float and math.isfinite(value):
            return value
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
        return _numbers(self._list(key), self._at(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list at `key`."""
        return tuple(visible(str(value)) for value in self._list(key))

    def column(self, key: str, member: str) -> Samples:
        """The number `member` of each object of the list at `key`."""
        return _numbers(self._members_of(key, member), f"{self._at(key)}[].{member}")

    def text_column(self, key: str, member: str) -> tuple[str, ...]:
        """The text `member` of each object of the list at `key`."""
        found = self._members_of(key, member)
        if not set(map(type, found)) <= {str, type(None)}:
            raise _mistyped(f"{self._at(key)}[].{member}", "text")
        # Series share commits and times, of which a history has few.
        shown = {value: visible(value or "") for value in set(found)}
        return tuple(shown[value] for value in found)

    def text_map(self, key: str) -> dict[str, str]:
        """The object at `key` as names and texts, null ones left out."""
        value = self._members.get(key) or {}
        node = Node(value, self._at(key))
        return {visible(name): node.text(name) for name in value if node.text(name)}

    def _members_of(self, key: str, member: str) -> list[Any]:
        try:
            return [item.get(member) for item in self._list(key)]
        except AttributeError:
            raise _mistyped(f"{self._at(key)}[]", "an object") from None

    def _items(self, key: str) -> list[tuple[Any, str]]:
        return [
            (item, f"{self._at(key)}[{i}]") for i, item in enumerate(self._list(key))
        ]

    def _list(self, key: str) -> list[Any]:
        value = self._members.get(key)
        if value is not None and not isinstance(value, list):
            raise _mistyped(self._at(key), "a list")
        return value or []


def _mistyped(path: str, expected: str) -> BadDataError:
    return BadDataError(
        f"{visible(path) or 'the document'} is not {expected}",
        "write the input with: opstat export --format report",
    )


def _numbers(values: list[Any], path: str) -> Samples:
    # Nearly all are floats: what takes no look at each is many times as fast.
    if set(map(type, values)) <= {float} and math.isfinite(sum(values)):
        return tuple(values)
    return tuple(_number(value, f"{path}[{i}]") for i, value in enumerate(values))


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


def check_schema(found: str, expected: str) -> None:
    """Raises BadDataError unless the schema is the one expected."""
    if found != expected:
        raise BadDataError(
            f"the schema is {found!r}, and this program reads {expected!r}",
            "use the opstat and the reports of one release",
        )
