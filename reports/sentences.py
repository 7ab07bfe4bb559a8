"""What a comparison and its plots show, in plain sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reports.document import Center, Comparison, Report, Row, Samples
from reports.text import (
    Scale,
    change,
    counted,
    minus,
    percent,
    scale_for,
    share,
    shorten,
)
from reports.verdicts import look, word

_OUTCOMES = {
    "0": "no regression",
    "1": "regression",
    "3": "cannot tell",
    "4": "nothing compared",
}


def tally(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """The mark with the word, the tone and the number of each verdict found."""
    counts = Counter((row.verdict, word(row)) for row in rows)
    ordered = sorted(counts.items(), key=lambda item: look(item[0][0]).rank)
    return [
        (f"{look(verdict).mark} {name}", look(verdict).tone, count)
        for (verdict, name), count in ordered
    ]


def headline(rows: Sequence[Row]) -> str:
    """The verdicts on the clock, as one would say them."""
    if not rows:
        return "No benchmark has a time that decides"
    counts = [(count, text.split(" ", 1)[1]) for text, _, count in tally(rows)]
    if len(counts) == 1:
        return f"{counts[0][0]} of {counted(len(rows), 'benchmark')} {counts[0][1]}"
    listed = ", ".join(f"{count} {name}" for count, name in counts)
    return f"{listed}, of {counted(len(rows), 'benchmark')}"


def outcome(comparison: Comparison) -> str:
    """What the comparison came to."""
    return _OUTCOMES.get(comparison.outcome, comparison.outcome or "not stated")


def sizes(rows: Sequence[Row]) -> str:
    """How many samples a side the rows have."""
    found = sorted(
        {side.n for row in rows for side in (row.baseline, row.contender) if side}
    )
    if not found:
        return "no samples"
    return f"{found[0]}" if len(found) == 1 else f"{found[0]} to {found[-1]}"


def measured(comparison: Comparison, rows: Sequence[Row]) -> str:
    """The size and the order of the measurement."""
    kind = "processes" if comparison.interleaved else "samples"
    order = "interleaved" if comparison.interleaved else "not interleaved"
    seed = f", seed {comparison.seed}" if comparison.seed else ""
    return f"{sizes(rows)} {kind} a side, {order}{seed}"


def decided(comparison: Comparison) -> str:
    """The rule that the verdicts on times follow, and its limits."""
    policy = comparison.policy
    limits = [
        f"alpha {share(policy.alpha)}" if policy.alpha is not None else "",
        f"over {policy.m:.0f} tests" if policy.m is not None else "",
        f"must see {share(policy.must_see)}" if policy.must_see is not None else "",
    ]
    return ", ".join(part for part in (policy.mode, *limits) if part) or "not stated"


def self_check(comparison: Comparison) -> str:
    """What the halves of each side say of each other."""
    check = comparison.self_check
    if check is None:
        return "not run"
    found = f"{check.fired} of {check.tests} split-half tests fired"
    if check.fires():
        return f"FAILED: {found}, limit {check.limit}; do not trust these times"
    return f"passed: {found}, limit {check.limit}"


def largest_bound(rows: Sequence[Row]) -> str:
    """The largest slowdown that the samples leave possible."""
    if not rows:
        return "none: no time was compared"
    if any(row.bound is None for row in rows):
        return "unbounded: some rows have too few samples"
    bound = max(row.bound for row in rows if row.bound is not None)
    if bound < 0:
        faster = percent(-100 * bound).removeprefix("+")
        return f"every benchmark at least {faster} faster (one-sided 95%)"
    return f"{percent(100 * bound)} (one-sided 95%): no larger slowdown fits"


def noise(report: Report, rows: Sequence[Row]) -> str:
    """What the machine is known to show where nothing changed."""
    rate = report.noise.comparisons if report.noise else None
    limits = sorted({row.tau for row in rows if row.tau is not None})
    span = " to ".join(
        f"±{share(tau)}" for tau in dict.fromkeys(limits[:1] + limits[-1:])
    )
    counted_from = f"effects within {span} are noise" if limits else "no limit known"
    if rate is None or rate.of == 0:
        return f"{counted_from}; no A/A comparison recorded on this machine"
    return (
        f"{counted_from}; {rate.alarms} of {counted(rate.of, 'A/A comparison')} "
        "raised a false alarm"
    )


def commits(report: Report) -> str:
    """The commits compared, or the one that both sides were built from."""
    comparison = report.comparison
    sides = [comparison.baseline, *comparison.contenders] if comparison else []
    found = [side.commit[:12] for side in sides if side.commit]
    one = report.run.facts.get("commit.hash", "")[:12]
    if len(found) > 1 and len(set(found)) > 1:
        return " → ".join(found)
    return (found or [one])[0] or "not stated"


def forest_sentence(rows: Sequence[Row]) -> str:
    """What the ratio plot shows."""
    known = [row for row in rows if row.hodges_lehmann and row.hodges_lehmann.ratio]
    start = (
        "Each mark is the Hodges-Lehmann ratio of contender to baseline, the bar its "
        "interval; left of the zero line is faster. The band is ±tau, the smallest "
        f"effect that counts. n = {sizes(rows)} a side."
    )
    if not known:
        return f"{start} No row has an estimate."
    ends = sorted(known, key=_ratio)
    return f"{start} {_extremes(ends[0], ends[-1])}"


def _ratio(row: Row) -> float:
    interval = row.hodges_lehmann
    return interval.ratio if interval and interval.ratio else 1.0


def _extremes(lowest: Row, highest: Row) -> str:
    if lowest is highest:
        return f"The one estimate is {effect(lowest)}."
    return (
        f"The estimates run from {effect(lowest)} for {shorten(lowest.benchmark, 60)} "
        f"to {effect(highest)} for {shorten(highest.benchmark, 60)}."
    )


def effect(row: Row) -> str:
    """The Hodges-Lehmann effect with its interval."""
    interval = row.hodges_lehmann
    if interval is None or interval.ratio is None:
        return "no estimate"
    bounds = f"{change(interval.low)}, {change(interval.high)}"
    return f"{change(interval.ratio)} [{bounds}] {share(interval.confidence)}".rstrip()


def exact_sentence(rows: Sequence[Row]) -> str:
    """What a plot of exact values shows."""
    unit = rows[0].unit
    found = ", ".join(f"{count} {text}" for text, _, count in tally(rows))
    size = f"{sizes(rows)} samples a side" if rows else ""
    return (
        f"{unit} from baseline (circle) to contender (diamond), the values printed "
        f"in full. The numbers are exact where the table says so; {size}. "
        f"Verdicts: {found}."
    )


def precision(row: Row) -> str:
    """`exact` where the samples of both sides do not vary, else the intervals."""
    sides = (
        (row.baseline, row.baseline_samples),
        (row.contender, row.contender_samples),
    )
    varied = [side for side, samples in sides if side and _varies(side, samples)]
    if not varied:
        return "exact"
    shown = (f"[{_or_none(side.low)}, {_or_none(side.high)}]" for side in varied)
    return "varies: " + " and ".join(shown)


def _varies(side: Center, samples: Samples) -> bool:
    """Few samples have no interval, so that the samples themselves are asked."""
    return side.low != side.high or len(set(samples) - {None}) > 1


def _or_none(value: float | None) -> str:
    return "unbounded" if value is None else minus(f"{value:,.9g}")


def strip_sentence(row: Row) -> str:
    """What the samples of one benchmark show, with its verdict."""
    centers = [side.center for side in (row.baseline, row.contender) if side]
    scale = scale_for(row.unit, centers)
    said = word(row).capitalize() if row.verdict else "Not judged"
    medians = f"median {median(row.contender, scale)} against "
    medians += median(row.baseline, scale)
    p = "" if row.p_value is None else f", p = {minus(f'{row.p_value:.2g}')}"
    parts = [f"{said}: {medians}", f"effect {effect(row)}{p}"]
    if row.verdict == "undecided" and row.rule:
        parts.append(row.rule)
    return "; ".join([*parts, *row.warnings]) + "."


def median(side: Center | None, scale: Scale) -> str:
    """A median with its interval and its number of samples."""
    if side is None or side.center is None:
        return "unmeasured"
    ends = f"{scale.number(side.low)}, {scale.number(side.high)}"
    found = f"{scale.show(side.center)} [{ends}]"
    return f"{found} {share(side.confidence)}, n = {side.n}"


def own_median(unit: str, center: Center | None, n: int) -> str:
    """The median of samples that are compared with nothing."""
    if center is None or center.center is None:
        return f"n = {n}"
    return f"median {median(center, scale_for(unit, [center.center]))}"
