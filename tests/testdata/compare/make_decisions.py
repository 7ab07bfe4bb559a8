#!/usr/bin/env python3
"""Writes decisions.txt: seven situations, their numbers and their verdicts.

    python3 -m venv venv && venv/bin/pip install numpy scipy
    venv/bin/python make_decisions.py > decisions.txt

A situation is a line `example NAME | m | mode | verdict` and a line for each
stage: `stage baseline | contender | p_value p_greater p_less |
ratio low high confidence | low90 high90 confidence90`. The p-values are
scipy.stats.mannwhitneyu(method="exact"); the intervals are the order
statistics of all ln b - ln a that invert the one-sided tests.
"""

import functools
import math

import numpy as np
from scipy.stats import mannwhitneyu

rng = np.random.default_rng(5)


def sample(n, center, cv):
    return [round(float(x), 4) for x in center * np.exp(cv * rng.normal(size=n))]


@functools.lru_cache(None)
def arrangements(m, n, u):
    """Ways to arrange m and n values without ties such that U is u."""
    if u < 0 or (u > 0 and (m == 0 or n == 0)):
        return 0
    if m == 0 or n == 0:
        return 1
    return arrangements(m - 1, n, u - n) + arrangements(m, n - 1, u)


def interval(log_ratios, m, n, tail):
    total, below, k = math.comb(m + n, m), 0, 0
    while True:
        next_below = below + arrangements(m, n, k)
        if next_below / total > tail:
            break
        below, k = next_below, k + 1
    if k == 0:
        return -math.inf, math.inf, 1.0
    return (
        math.exp(log_ratios[k - 1]),
        math.exp(log_ratios[m * n - k]),
        1 - 2 * below / total,
    )


def stage(baseline, contender):
    a, b = np.array(baseline), np.array(contender)
    d = np.sort((np.log(b)[:, None] - np.log(a)).ravel())
    p = [
        float(mannwhitneyu(b, a, alternative=side, method="exact").pvalue)
        for side in ("two-sided", "greater", "less")
    ]
    hl = (math.exp(np.median(d)), *interval(d, len(b), len(a), 0.025))
    fields = baseline, contender, p, hl, interval(d, len(b), len(a), 0.05)
    print("stage", " | ".join(" ".join(map(repr, field)) for field in fields))


def example(name, m, mode, verdict, *stages):
    print("example", name, "|", m, "|", mode, "|", verdict)
    for baseline, contender in stages:
        stage(baseline, contender)


a, b = sample(30, 100, 0.01), sample(30, 105, 0.01)
example("regression", 50, "screen-confirm", "regression", (a[:10], b[:10]), (a, b))
example("improvement", 50, "screen-confirm", "improvement", (b[:10], a[:10]), (b, a))
a, b = sample(10, 100, 0.003), sample(10, 100, 0.003)
example("unchanged", 50, "screen-confirm", "unchanged", (a, b))
a, b = sample(10, 100, 0.02), sample(10, 100, 0.02)
example("no change seen", 50, "screen-confirm", "no-change-seen", (a, b))
a, b = sample(10, 100, 0.03), sample(10, 105, 0.03)
example("suggestive", 50, "one-shot", "undecided", (a, b))
a, b = sample(3, 100, 0.01), sample(3, 130, 0.01)
example("n too small", 50, "one-shot", "undecided", (a, b))
a, b = sample(12, 100, 0.002), sample(12, 100.6, 0.002)
example("real but small", 6, "one-shot", "unchanged", (a, b))
