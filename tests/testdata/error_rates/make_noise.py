#!/usr/bin/env python3
"""Writes noise.txt: what NumPy gives for the noise of tests/error_rates.

    python3 -m venv venv && venv/bin/pip install numpy
    venv/bin/python make_noise.py > noise.txt

A line is a model's name | mean | standard deviation | mean product of two
neighbours' deviations over the variance, of many series of 20 samples.
"""

import numpy as np

rng = np.random.default_rng(20261122)
R, T = 400000, 20


def rows():
    return rng.standard_normal((R, T))


def autoregressive():
    x = np.empty((R, T))
    z = rows()
    x[:, 0] = z[:, 0]
    for t in range(1, T):
        x[:, t] = 0.9 * x[:, t - 1] + np.sqrt(1 - 0.81) * z[:, t]
    return 1 + 0.01 * x + 0.003 * rows()


def neighbour():
    start = rng.integers(0, T, (R, 1))
    length = rng.integers(T // 8, T // 2, (R, 1))
    t = np.arange(T)
    slow = (t >= start) & (t < start + length)
    return (1 + 0.005 * rows()) * np.where(slow, 1.05, 1)


def outliers():
    factor = 1 + rng.uniform(0.1, 0.5, (R, T))
    return (1 + 0.005 * rows()) * np.where(rng.random((R, T)) < 0.08, factor, 1)


def drift():
    sign = rng.choice([-1, 1], (R, 1))
    return (1 + 0.01 * rows()) * (1 + 0.03 * np.linspace(0, 1, T) * sign)


def bimodal():
    slow = rng.random((R, T)) < 0.3
    return (1 + 0.005 * rows()) * np.where(slow, 1.05, 1)


for name, x in (
    ("normal 1%", 1 + 0.01 * rows()),
    ("normal 3%", 1 + 0.03 * rows()),
    ("lognormal 2%", np.exp(0.02 * rows())),
    ("bimodal", bimodal()),
    ("outliers", outliers()),
    ("drift 3%", drift()),
    ("autoregressive", autoregressive()),
    ("neighbour", neighbour()),
):
    d = x - x.mean()
    lag1 = (d[:, 1:] * d[:, :-1]).mean() / d.var()
    print(f"{name}|{x.mean():.5f}|{x.std():.5f}|{lag1:.4f}")
