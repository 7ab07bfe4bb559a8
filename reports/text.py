"""Numbers and names as people read them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UNMEASURED = "unmeasured"
UNBOUNDED = "unbounded"
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_TIME = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
_BYTES = ((2.0**40, "TiB"), (2.0**30, "GiB"), (2.0**20, "MiB"), (2.0**10, "KiB"))
_RATE = ((1e9, "GB/s"), (1e6, "MB/s"), (1e3, "kB/s"))
_CLOCKS = ("sec/op", "cpu-sec/op")


def visible(text: str) -> str:
    """`text` with characters that do not show, or that turn others round, as
    escapes: controls, bidirectional marks, lone surrogates.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"\\u{{{ord(c):x}}}" if unicodedata.category(c) in _HIDDEN else c for c in text
    )


def shorten(text: str, most: int) -> str:
    """`text` in at most `most` columns, its middle left out where needed."""
    if columns(text) <= most:
        return text
    half = (most - 1) // 2
    return f"{_fit(text, half)}…{_fit(text[::-1], half)[::-1]}"


def columns(text: str) -> int:
    """The width of `text` in columns of a fixed-width font."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _fit(text: str, most: int) -> str:
    end = min(len(text), most)
    while columns(text[:end]) > most:
        end -= 1
    return text[:end]


def common_prefix(names: Iterable[str]) -> str:
    """The `/` parts that all of two or more names begin with, or ""."""
    distinct = sorted(set(names))
    if len(distinct) < 2:
        return ""
    first, last = distinct[0].split("/"), distinct[-1].split("/")
    parts = 0
    while parts < min(len(first), len(last)) - 1 and first[parts] == last[parts]:
        parts += 1
    return "".join(f"{part}/" for part in first[:parts])


def telling(names: Sequence[str]) -> list[str]:
    """`names` without the parts that all begin and all end with."""
    prefix = common_prefix(names)
    rest = [name.removeprefix(prefix) for name in names]
    turned = ["/".join(reversed(name.split("/"))) for name in rest]
    suffix = common_prefix(turned).count("/")
    return ["/".join(name.split("/")[: -suffix or None]) for name in rest]


@dataclass(frozen=True)
class Scale:
    """What base-unit values are divided by, and the unit they then have."""

    divisor: float
    symbol: str

    def show(self, value: float | None) -> str:
        """`value` in this scale, four significant digits, with the unit."""
        if value is None:
            return UNMEASURED
        return f"{self.number(value)} {self.symbol}".rstrip()

    def number(self, value: float | None) -> str:
        """The bound `value` in this scale, without the unit."""
        return UNBOUNDED if value is None else _significant(value / self.divisor)


def scale_for(unit: str, values: Iterable[float | None]) -> Scale:
    """The scale in which the smallest of the non-zero `values` is at least 1."""
    sizes = [abs(value) for value in values if value]
    size = min(sizes, default=1.0)
    steps, base = _steps(unit)
    for divisor, symbol in steps:
        if size >= divisor:
            return Scale(divisor, symbol)
    return Scale(1.0, base) if unit not in _CLOCKS else Scale(*_TIME[-1])


def _steps(unit: str) -> tuple[tuple[tuple[float, str], ...], str]:
    if unit in _CLOCKS:
        return _TIME, "s"
    if unit == "B/op":
        return _BYTES, "B"
    return _RATE if unit == "B/s" else (), unit.removesuffix("/op")


def _significant(value: float) -> str:
    if value == 0:
        return "0"
    if not 1e-4 <= abs(value) < 1e7:
        return minus(f"{value:.4g}")
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    return minus(f"{value:,.{digits}f}")


def exact(value: float | None, unit: str) -> str:
    """An exact value in full, with its unit."""
    if value is None:
        return UNMEASURED
    return f"{plain(value)} {unit.removesuffix('/op')}"


def plain(value: float) -> str:
    """All that distinguishes `value`, thousands grouped."""
    if value.is_integer() and abs(value) < 1e16:
        return minus(f"{value:,.0f}")
    return minus(f"{value:.9g}")


def minus(text: str) -> str:
    """`text` with a typographic minus sign."""
    return text.replace("-", "−")


def percent(value: float | None, otherwise: str = UNBOUNDED) -> str:
    """A signed change in percent, with the digits that matter."""
    if value is None:
        return otherwise
    digits = 2 if abs(value) < 1 else 1 if abs(value) < 1000 else 0
    text = f"{value:+,.{digits}f}" if value else "0"
    return minus(text) + "%"


def change(ratio: float | None, otherwise: str = UNBOUNDED) -> str:
    """The change in percent that `ratio` stands for."""
    return percent(None if ratio is None else 100 * (ratio - 1), otherwise)


def share(value: float | None) -> str:
    """A share such as a confidence, as a percentage without a sign."""
    return "" if value is None else f"{100 * value:.3g}%"


def counted(n: int, noun: str) -> str:
    """`n` of `noun`, which takes an s in the plural."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
