#!/usr/bin/env python3
"""Writes scipy.txt: what SciPy, NumPy, statsmodels and brute force answer.

    python3 -m venv venv && venv/bin/pip install numpy scipy statsmodels
    venv/bin/python make_answers.py > scipy.txt

A line is a kind and fields of numbers, separated by |.
"""

import itertools
import math

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261123)


def line(kind, *fields):
    def text(field):
        return " ".join(repr(float(x)) for x in np.atleast_1d(field))

    print(kind, "|", " | ".join(text(field) for field in fields))


def samples(n1, n2, levels=None):
    """Log-normal without ties, or whole numbers below `levels` with many."""
    if levels:
        return rng.integers(0, levels, n1), rng.integers(0, levels, n2)
    a = 100 * np.exp(0.05 * rng.normal(size=n1))
    return a, 103 * np.exp(0.05 * rng.normal(size=n2))


def u_statistic(a, b):
    return np.sum(b[:, None] > a) + np.sum(b[:, None] == a) / 2


def p_by_enumeration(a, b):
    """Exact one-sided p-values: every choice of who is the contender."""
    values = np.concatenate([a, b])
    observed = u_statistic(a, b)
    greater = less = total = 0
    for chosen in itertools.combinations(range(len(values)), len(b)):
        mask = np.zeros(len(values), bool)
        mask[list(chosen)] = True
        u = u_statistic(values[~mask], values[mask])
        greater += u >= observed
        less += u <= observed
        total += 1
    return greater / total, less / total


def one_sided(a, b, method):
    return [
        stats.mannwhitneyu(b, a, alternative=side, method=method).pvalue
        for side in ("greater", "less")
    ]


def hodges_lehmann(a, b, tail):
    """By sorting all pairs; the order from the exact null distribution of U,
    which is that of two samples without ties of these sizes."""
    d = np.sort((np.log(b)[:, None] - np.log(a)).ravel())
    n1, n2 = len(a), len(b)
    counts = np.array([1.0])
    for i in range(1, n2 + 1):  # the Gaussian binomial coefficient
        top = np.zeros(n1 + i + 1)
        top[0], top[n1 + i] = 1, -1
        bottom = np.zeros(i + 1)
        bottom[0], bottom[i] = 1, -1
        product = np.convolve(counts, top)
        counts = np.round(np.polydiv(product[::-1], bottom[::-1])[0][::-1])
    cdf = np.cumsum(counts) / counts.sum()
    k = int(np.sum(cdf <= tail))
    low, high, confidence = -math.inf, math.inf, 1.0
    if k:
        low, high = math.exp(d[k - 1]), math.exp(d[-k])
        confidence = 1 - 2 * cdf[k - 1]
    return math.exp(np.median(d)), low, high, confidence


for n1, n2 in [(1, 1), (2, 3), (3, 3), (10, 10), (12, 7), (30, 30), (40, 40)]:
    a, b = samples(n1, n2)
    two = stats.mannwhitneyu(b, a, alternative="two-sided", method="exact")
    line("exact", a, b, one_sided(a, b, "exact"), two.pvalue)
for n1, n2, levels in [
    (3, 3, 2),
    (4, 7, 3),
    (7, 4, 3),
    (6, 6, 2),
    (6, 6, 9),
    (1, 9, 4),
    (8, 8, 5),
]:
    a, b = samples(n1, n2, levels)
    p = p_by_enumeration(a, b)
    line("exact", a, b, p, min(1, 2 * min(p)))
for n1, n2, levels in [(200, 200, None), (10, 1000, None), (200, 150, 6)]:
    a, b = samples(n1, n2, levels)
    line("normal", a, b, one_sided(a, b, "asymptotic"))
for n1, n2 in [(3, 3), (5, 4), (10, 10), (12, 7), (20, 21), (30, 30)]:
    for tail in (0.025, 0.05):
        a, b = samples(n1, n2)
        line("hodges-lehmann", a, b, tail, hodges_lehmann(a, b, tail))
for n, p, level in [
    (1, 0.05, 0.999),
    (20, 0.031, 0.999),
    (100, 0.0317, 0.999),
    (24, 0.043, 0.999),
    (100000, 0.04, 0.999),
    (50, 0.5, 0.5),
]:
    line("binomial", [n, p, level], stats.binom.ppf(level, n, p))
for z in (-8.5, -3, -1, 0, 0.5, 2):
    line("normal-cdf", z, stats.norm.cdf(z))
for p in (1e-300, 1e-12, 0.0002, 0.025, 0.3, 0.5, 0.8, 0.975):
    line("normal-quantile", p, stats.norm.ppf(p))
for n in (1, 2, 7):
    x = rng.lognormal(size=n)
    line("geomean", x, stats.gmean(x))
for x in ([1, 2, 3, 4, 5, 6], [1, 5, 1, 5, 1, 5, 1], rng.normal(size=30)):
    c = np.asarray(x, float) - np.mean(x)
    line("autocorrelation", x, c[1:] @ c[:-1] / (c @ c))
for k, n, confidence in [
    (0, 1, 0.95),
    (0, 2000, 0.95),
    (2, 10, 0.9),
    (7, 600, 0.95),
    (50, 50, 0.99),
    (1234, 4000, 0.999),
]:
    found = stats.binomtest(k, n).proportion_ci(confidence, method="exact")
    line("clopper-pearson", [k, n, confidence], list(found))
for ps in (
    [0.03],
    [0.01, 0.04, 0.03, 0.005],
    [0.2, 0.2, 0.001, 1, 0.001, 0.5],
    rng.uniform(size=40) ** 3,
):
    holm = multipletests(ps, method="holm")[1]
    line("adjusted", ps, holm, stats.false_discovery_control(ps, method="bh"))
