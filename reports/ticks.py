"""Round marks for axes of counts and bytes."""

from __future__ import annotations

import math

from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reports.text import Scale, minus, plain, scale_for


class ScaledLocator(MaxNLocator):
    """Marks that are round in the unit that is printed: 1.5 KiB, not 1.5 kB."""

    def __init__(self, most: int, scale: Scale) -> None:
        super().__init__(most)
        self._divisor = scale.divisor

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """The marks between two values in the base unit."""
        found = super().tick_values(vmin / self._divisor, vmax / self._divisor)
        return [mark * self._divisor for mark in found]


def put(axis: Axis, most: int, scale: Scale) -> None:
    """Marks `axis` in `scale`, with at most so many."""
    axis.set_major_locator(ScaledLocator(most, scale))
    axis.set_major_formatter(
        FuncFormatter(lambda value, _: minus(f"{value / scale.divisor:.6g}"))
    )


def put_whole(axis: Axis, most: int) -> None:
    """Marks `axis` in full at whole numbers, with at most so many."""
    axis.set_major_locator(MaxNLocator(most, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: plain(value)))


def doublings(smallest: float, top: float) -> list[float]:
    """Zero and at most five powers of two that span the values."""
    first, last = _exponent(smallest), _exponent(top)
    step = max(1, -(-(last - first) // 4))
    return [0.0] + [2.0**power for power in range(first, last + 1, step)]


def _exponent(value: float) -> int:
    return math.floor(math.log2(value))


def quarters(top: float, unit: str) -> list[float]:
    """Zero and at most five round marks up to `top`."""
    base = 2.0 if unit == "B/op" else 10.0
    step = _round_step(top / 4, base)
    return [step * i for i in range(int(top / step) + 1)]


def _round_step(least: float, base: float) -> float:
    """The smallest round number that is at least `least`, and at least 1."""
    step = 1.0
    while step < least:
        step *= 2 if base == 2 or f"{step:e}"[0] in "15" else 2.5
    return step


def label(value: float, unit: str) -> str:
    """What stands at a mark; bytes in a unit of their own."""
    if value == 0 or unit != "B/op":
        return plain(value)
    scale = scale_for(unit, [value])
    return f"{value / scale.divisor:.3g} {scale.symbol}"
