"""What a reader can do about what a plot shows."""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import Noise, Row, Trend
from reports.text import counted, percent
from reports.verdicts import is_better

_NOTHING = "Nothing to do."


def on_times(rows: Sequence[Row]) -> str:
    """About the clocks of all benchmarks."""
    verdicts = [row.verdict for row in rows]
    if slower := verdicts.count("regression"):
        names = "the slower one" if slower == 1 else f"the {slower} slower ones"
        return f"Look at {names} below; opstat bisect finds the commit."
    if undecided := verdicts.count("undecided"):
        return (
            f"{counted(undecided, 'benchmark')} undecided: more rounds decide "
            "(opstat compare --more, or run with more --rounds)."
        )
    return _NOTHING


def on_exact(rows: Sequence[Row]) -> str:
    """About exact counts of all benchmarks."""
    if any(row.verdict == "regression" for row in rows):
        return "One sample proves these: opstat blame names the call sites that grew."
    return f"One sample proves these. {_NOTHING}"


def on_samples(row: Row) -> str:
    """About the samples of one benchmark."""
    if any("drift" in warning for warning in row.warnings):
        return "The samples drift: measure again on a quiet machine."
    if row.verdict == "regression":
        return "Where the two clouds stand apart at all times, the code is slower."
    if row.verdict == "undecided":
        return "The clouds overlap too much for n: measure more rounds."
    return "A slope or a step would be the machine's doing; look for one."


def on_trend(trend: Trend) -> str:
    """About the history of one benchmark."""
    if not trend.changes:
        return f"No change point. {_NOTHING}"
    open_changes = [c for c in trend.changes if c.firm and not c.accepted]
    if not open_changes:
        return f"Every firm change is accepted. {_NOTHING}"
    last = open_changes[-1]
    number = trend.changes.index(last) + 1
    what = f"change {number} ({percent(last.delta_percent, 'no ratio')})"
    if is_better(last, trend.better):
        return f"The latest, {what}, is for the better. {_NOTHING}"
    return f"Open the commit of {what}: undo it, or accept it where it was meant."


def on_scratch(unit: str) -> str:
    """About one unit of the kinds of scratch."""
    if unit == "faults/op":
        return "A kind that is level in bytes and higher in faults pays the kernel."
    if unit in ("B/op", "allocs/op"):
        return "The lower, the better; mapped memory is not allocated, see faults/op."
    return "The lowest is the one to use."


def on_alarms(noise: Noise) -> str:
    """About the rate of false alarms."""
    rate, alpha = noise.comparisons, noise.alpha
    if rate.of == 0:
        return "Record some: opstat compare HEAD HEAD, ten times or more."
    if rate.low is not None and alpha is not None and rate.low > alpha:
        return "More than promised: pin, close other programs, and see opstat doctor."
    if rate.high is not None and alpha is not None and rate.high > 5 * alpha:
        return "No more than promised fits, but so does much more: record more of them."
    return f"As promised. {_NOTHING}"


def on_spread() -> str:
    """About what each benchmark can show."""
    return (
        "A benchmark whose bar is wider than what you must see needs more rounds, a "
        "longer --min-time, or a quieter machine."
    )
