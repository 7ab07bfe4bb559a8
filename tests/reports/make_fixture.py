"""Writes the report of a made-up comparison: allocating against pooled scratch.

    python tests/reports/make_fixture.py > tests/reports/conv.json

Six convolutions, twelve samples a side, the run they come from with a third
kind of scratch, forty runs of history, and twenty A/A comparisons. The times are
drawn from a seeded generator; the statistics are computed here by brute force,
because the reports have none of their own to share.
"""

from __future__ import annotations

import json
import math
import random
import statistics
import sys
from typing import Any

N = 12
# Order statistics of 12 that hold the median with 96.1% confidence, and the
# critical values of U for 12 against 12, two-sided 5% and one-sided 5%.
LOW, HIGH, CONFIDENCE = 2, 9, 0.9614
U_TWO_SIDED, U_ONE_SIDED = 37, 42
# Name, seconds per call, effect, bytes and allocations before and after, f32.
SHAPES = [
    ("GEMM", 1.912e-3, 0.944, (6815744, 1048576)),
    ("Deep", 2.476e-3, 0.957, (3407872, 524288)),
    ("Strided", 2.381e-4, 0.966, (851968, 131072)),
]


def main() -> None:
    json.dump(document(), sys.stdout, indent=1)
    print()


def document() -> dict[str, Any]:
    compared = comparison(random.Random(12))
    return {
        "schema": "opstat.report/1",
        "tool": "opstat 0.1.0",
        "commit_url": "https://github.com/example/conv/commit/",
        "run": {
            "id": "5f0c3a9be17d42d08b6a4e2f9c7d1130",
            "time": "2026-11-20T10:14:05+00:00",
            "label": "allocating vs pooled",
            "facts": {
                "host.name": "bench-01",
                "host.cpu": "AMD EPYC 9V74",
                "build.compiler": "GNU 12.2.0",
                "commit.hash": "60f97521c04d9a1f3be2a7706d5d8f4a1b2c3d4e",
                "isa": "avx2",
            },
            "benchmarks": benchmarks(compared["rows"], random.Random(3)),
        },
        "comparison": compared,
        "history": history(compared["rows"], random.Random(40)),
        "noise": noise(compared["rows"], random.Random(20)),
    }


def benchmarks(rows: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """The run that the rows were made of, and mapped scratch beside it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        sides = {"allocating": "baseline", "pooled": "contender"}
        for kind, side in sides.items():
            name = f"{row['benchmark']}/scratch:{kind}"
            values = row["samples"][side]
            found.setdefault(name, []).append(measurement(row["unit"], values))
        mapped = row["samples"]["contender"]
        if row["role"] != "exact":
            mapped = [value * 1.9 for value in mapped]
        name = f"{row['benchmark']}/scratch:mapped"
        found.setdefault(name, []).append(measurement(row["unit"], mapped))
    for name, measurements in found.items():
        faults = 1400.0 if name.endswith("mapped") else 0.0
        values = [faults + rng.randrange(3) for _ in range(N)]
        measurements.append(measurement("faults/op", values))
    return [
        {"name": name, "decided_by": "cpu-sec/op", "measurements": measurements}
        for name, measurements in found.items()
    ]


def measurement(unit: str, values: list[float]) -> dict[str, Any]:
    middle = center(values)
    return {
        "unit": unit,
        "n": N,
        "median": middle["center"],
        "low": middle["low"],
        "high": middle["high"],
        "values": values,
    }


RUNS = 40


def history(rows: list[dict[str, Any]], rng: random.Random) -> dict[str, Any]:
    """Every pooled series over RUNS commits; the first f32 one got slower twice,
    and the second allocates twice as much.
    """
    series = []
    for row in rows:
        if row["unit"] == "sec/op":
            continue
        name = f"{row['benchmark']}/scratch:pooled"
        level = row["contender"]["center"]
        steps = STEPS.get((row["benchmark"].partition("shape:")[2], row["unit"]), {})
        series.append(trend(name, row["unit"], level, steps, rng))
    return {"schema": "opstat.history/1", "series": series}


# By shape, dtype and unit: the first run of each new level, and its factor.
STEPS = {
    ("GEMM/dtype:f32", "cpu-sec/op"): {12: 1.06, 33: 1.04},
    ("Deep/dtype:f32", "B/op"): {35: 2.0},
}


def trend(
    name: str, unit: str, last: float, steps: dict[int, float], rng: random.Random
) -> dict[str, Any]:
    level = last / math.prod(steps.values())
    points, changes = [], []
    for index in range(RUNS):
        if index in steps:
            changes.append(change_point(index, level, steps[index]))
            level *= steps[index]
        noise = 0.004 * rng.gauss(0, 1) if unit == "cpu-sec/op" else 0.0
        points.append(point(index, level * (1 + noise), 0.006 if noise else 0.0))
    return {
        "benchmark": name,
        "unit": unit,
        "better": "lower",
        "host": "bench-01",
        "branch": "main",
        "points": points,
        "change_points": changes,
    }


def commit(index: int) -> str:
    return f"{0x5EED0000 + 7919 * index:08x}" * 5


def point(index: int, median: float, spread: float) -> dict[str, Any]:
    return {
        "run": f"{index:032x}",
        "time": f"2026-{10 + index // 30:02}-{1 + index % 30:02}T10:14:05+00:00",
        "commit": commit(index),
        "branch": "main",
        "n": N,
        "median": median,
        "low": median * (1 - spread),
        "high": median * (1 + spread),
    }


def change_point(index: int, before: float, factor: float) -> dict[str, Any]:
    accepted = {"reason": "larger tiles, agreed", "until": "2027-01-01"}
    return {
        "index": index,
        "run": f"{index:032x}",
        "commit": commit(index),
        "before": before,
        "after": before * factor,
        "delta_percent": 100 * (factor - 1),
        "firm": True,
        "accepted": accepted if index == 12 else None,
    }


def noise(rows: list[dict[str, Any]], rng: random.Random) -> dict[str, Any]:
    """One false alarm in twenty A/A comparisons of the pooled benchmarks; the
    limits are those of scipy.stats.binomtest(k, n).proportion_ci(method="exact").
    """
    names = [row["benchmark"] for row in rows if row["role"] == "decides"]
    return {
        "host": "bench-01",
        "comparisons": {"of": 20, "alarms": 1, "low": 0.001265, "high": 0.248733},
        "rows": {"of": 120, "alarms": 1, "low": 0.000211, "high": 0.045568},
        "confidence": 0.95,
        "alpha": 0.01,
        "power": 0.8,
        "benchmarks": [
            {
                "benchmark": f"{name}/scratch:pooled",
                "unit": "cpu-sec/op",
                "n": N,
                "cv": 0.008 * scale,
                "detectable": 0.0133 * scale,
                "tau": {"value": 0.0124, "origin": "20 A/A comparisons"},
                "effects": [0.004 * scale * rng.gauss(0, 1) for _ in range(20)],
            }
            for scale, name in enumerate(names, 1)
        ],
    }


def comparison(rng: random.Random) -> dict[str, Any]:
    clocks, exact = [], []
    for dtype, factor in (("f32", 1), ("f64", 2)):
        for shape, seconds, effect, sizes in SHAPES:
            name = f"Conv2D/algo:im2col/shape:{shape}/dtype:{dtype}"
            base = draw(rng, seconds * (1.9 if factor == 2 else 1))
            head = [value * effect for value in draw(rng, statistics.median(base))]
            clocks.append(clock_row(name, "cpu-sec/op", "decides", base, head))
            wall = [[value * 1.004 for value in side] for side in (base, head)]
            clocks.append(clock_row(name, "sec/op", "shown", *wall))
            exact.append(exact_row(name, "B/op", *(size * factor for size in sizes)))
            exact.append(exact_row(name, "allocs/op", 3, 1))
    rows = sorted(clocks + exact, key=lambda row: UNITS.index(row["unit"]))
    return heading() | {"rows": rows, "geomean": [geomean(rows, u) for u in UNITS]}


UNITS = ["cpu-sec/op", "sec/op", "B/op", "allocs/op"]


def heading() -> dict[str, Any]:
    return {
        "schema": "opstat.compare/1",
        "baseline": {"label": "allocating", "commit": ""},
        "contenders": [{"label": "pooled", "commit": ""}],
        "session": "b1946ac92492d2347c6235b4d2611184",
        "interleaved": True,
        "seed": 1,
        "environment": {},
        "policy": {"mode": "one-shot", "alpha": 0.01, "m": 6, "must_see": 0.1},
        "self_check": {"tests": 12, "fired": 1, "limit": 4},
        "outcome": 0,
        "exit_code": 0,
        "warnings": [],
    }


def draw(rng: random.Random, seconds: float) -> list[float]:
    """Samples as processes give them: a narrow body and a tail of slow ones."""
    return [seconds * math.exp(0.006 * rng.gauss(0, 1) ** 2) for _ in range(N)]


def center(values: list[float]) -> dict[str, Any]:
    ordered = sorted(values)
    return {
        "n": N,
        "center": statistics.median(values),
        "low": ordered[LOW],
        "high": ordered[HIGH],
        "confidence": CONFIDENCE,
    }


def clock_row(
    name: str, unit: str, role: str, base: list[float], head: list[float]
) -> dict[str, Any]:
    logs = sorted(math.log(b / a) for a in base for b in head)
    ratio = statistics.median(head) / statistics.median(base)
    below = sum(log < 0 for log in logs)
    p_less = tail(N * N - below)
    judged = role == "decides"
    return row(name, unit, role, base, head) | {
        "decided_by": "cpu-sec/op",
        "ratio": ratio,
        "difference": statistics.median(head) - statistics.median(base),
        "delta_percent": 100 * (ratio - 1),
        "p_value": min(1.0, 2 * min(p_less, tail(below))),
        "p_less": p_less,
        "p_greater": tail(below),
        "hodges_lehmann": {
            "ratio": math.exp(statistics.median(logs)),
            "low": math.exp(logs[U_TWO_SIDED]),
            "high": math.exp(logs[-1 - U_TWO_SIDED]),
            "confidence": 0.95,
        },
        "bound": math.expm1(logs[-1 - U_ONE_SIDED]),
        "alpha_row": 0.01 / 6 if judged else None,
        "stage": "one-shot",
        "rule": "p <= alpha/m and |effect| > tau" if judged else "shown",
        "verdict": "improvement" if judged else "",
    }


def tail(u: int) -> float:
    """The exact probability that U of N against N is at most `u`."""
    counts = [[[0] * (N * N + 1) for _ in range(N + 1)] for _ in range(N + 1)]
    for a in range(N + 1):
        for b in range(N + 1):
            for k in range(a * b + 1):
                if a == 0 or b == 0:
                    counts[a][b][k] = 1
                    continue
                without = counts[a - 1][b][k - b] if k >= b else 0
                counts[a][b][k] = without + counts[a][b - 1][k]
    return sum(counts[N][N][: u + 1]) / math.comb(2 * N, N)


def exact_row(name: str, unit: str, before: float, after: float) -> dict[str, Any]:
    return row(name, unit, "exact", [before] * N, [after] * N) | {
        "ratio": after / before,
        "difference": after - before,
        "delta_percent": 100 * (after / before - 1),
        "p_value": None,
        "p_less": None,
        "p_greater": None,
        "hodges_lehmann": None,
        "bound": None,
        "alpha_row": None,
        "stage": "one-shot",
        "rule": "constant on both sides and different",
        "verdict": "improvement",
    }


def row(
    name: str, unit: str, role: str, base: list[float], head: list[float]
) -> dict[str, Any]:
    parts = (part.split(":") for part in name.split("/")[1:])
    return {
        "benchmark": name,
        "key": dict(parts),
        "unit": unit,
        "role": role,
        "decided_by": "",
        "better": "lower",
        "contender_index": 0,
        "sides": "both",
        "baseline": center(base),
        "contender": center(head),
        "tau": {"value": 0.01, "origin": "default"},
        "warnings": [],
        "samples": {"baseline": base, "contender": head},
    }


def geomean(rows: list[dict[str, Any]], unit: str) -> dict[str, Any]:
    mine = [row for row in rows if row["unit"] == unit]
    sides = [
        statistics.geometric_mean(row[side]["center"] for row in mine)
        for side in ("baseline", "contender")
    ]
    return {
        "unit": unit,
        "contender_index": 0,
        "baseline": sides[0],
        "contender": sides[1],
        "delta_percent": 100 * (sides[1] / sides[0] - 1),
        "warnings": [],
    }


if __name__ == "__main__":
    main()
