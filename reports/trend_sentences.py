"""What the plots of history, scratch and noise show, in plain sentences."""

from __future__ import annotations

from reports.document import AlarmRate, Noise, Trend
from reports.scratch import Grid
from reports.text import counted, exact, scale_for, share
from reports.verdicts import EXACT


def of_trend(trend: Trend) -> str:
    """Where the history of one unit lies and how often it changed."""
    known = [value for value in trend.points.medians if value is not None]
    place = f" on {trend.host}" if trend.host else ""
    place += f", branch {trend.branch}" if trend.branch else ""
    start = f"Medians over {counted(len(known), 'run')}{place}; the band is their 95% "
    start += "interval, dashed lines are change points."
    if not known:
        return f"{start} Nothing was measured."
    latest = _value(trend.unit, known[-1])
    if trend.points.lows[-1] == trend.points.highs[-1] == known[-1]:
        latest += " exact"
    n = sorted(set(trend.points.sizes))
    sizes = f"{n[0]}" if len(n) == 1 else f"{n[0]} to {n[-1]}"
    return f"{start} The latest is {latest}, n = {sizes} a run."


def _value(unit: str, number: float | None) -> str:
    """`number` in full where it is exact, else in a scale of its own."""
    if unit in EXACT:
        return exact(number, unit)
    return scale_for(unit, [number]).show(number)


def of_grid(grid: Grid) -> str:
    """What the marks of a plot of scratch are."""
    sizes = sorted({c.n for cell in grid.cells for c in cell.centers.values()})
    n = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
    kinds = ", ".join(grid.kinds)
    return (
        f"{grid.unit} of {kinds}: medians with their 95% intervals, n = {n} each; "
        "every axis begins at zero."
    )


def of_alarms(noise: Noise) -> str:
    """How often identical builds were told apart."""
    rate = noise.comparisons
    host = noise.host or "this machine"
    if rate.of == 0:
        return f"No comparison of a program with itself is recorded on {host}."
    return (
        f"On {host} {rate.alarms} of {counted(rate.of, 'comparison')} of a program "
        f"with itself raised a false alarm: {share(rate.alarms / rate.of)} "
        f"{_limits(rate, noise)}; promised is {share(noise.alpha)}. "
        f"Of their rows: {noise.rows.alarms} of {noise.rows.of}."
    )


def _limits(rate: AlarmRate, noise: Noise) -> str:
    return f"[{share(rate.low)}, {share(rate.high)}] {share(noise.confidence)}"


def of_spread(noise: Noise) -> str:
    """What the marks of the plot of least changes are."""
    known = [one for one in noise.benchmarks if one.detectable is not None]
    seen = sum(len(one.effects) for one in noise.benchmarks)
    start = (
        "The bar of each benchmark ends at the change that its n samples a side find "
        f"with {share(noise.power)} probability, were the noise normal with the cv "
        f"of the latest run; circles are {counted(seen, 'effect')} seen between "
        "identical builds, the band is tau."
    )
    if not known:
        return f"{start} No benchmark has enough samples."
    best = min(known, key=lambda one: one.detectable or 0)
    worst = max(known, key=lambda one: one.detectable or 0)
    ends = f"{share(best.detectable)} to {share(worst.detectable)}"
    return f"{start} It runs from {ends}."
