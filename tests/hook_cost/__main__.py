"""What counting an allocation costs: python -m tests.hook_cost.

Processes without and with the harness take turns, A B C C B A, so that drift of
the machine falls on all alike; a turn of one and the turn of another nearest to
it are a pair. CPU time an operation; medians of the pairs' differences with
their 95% order-statistic intervals.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from math import comb
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
RELEASE = ROOT / "build/release"
SHIM = RELEASE / "lib/libopstat_preload.so"
PLAIN, LINKED, PRELOADED = "plain", "linked", "preloaded"
WAYS = (PLAIN, LINKED, PRELOADED)
PAIRS = {"NewDelete": "new/delete", "MallocFree": "malloc/free"}
# Nanoseconds a pair, and how much worse two threads may make the ratio.
GOALS = {"NewDelete": 0.5, "MallocFree": 1.5}
GOAL_THREADS = 1.10


def measure(way: str, threads: int, seconds: float) -> dict[str, float]:
    """CPU nanoseconds an operation, by benchmark, of one process."""
    program = (
        RELEASE / "bin" / ("hook_cost_linked" if way == LINKED else "hook_cost_plain")
    )
    cpus = sorted(os.sched_getaffinity(0))[-threads:]
    environment = {**os.environ, "LD_PRELOAD": str(SHIM)} if way == PRELOADED else None
    output = subprocess.run(
        [
            program,
            f"--benchmark_filter=threads:{threads}$",
            f"--benchmark_min_time={seconds}",
            "--benchmark_format=json",
        ],
        env=environment,
        check=True,
        capture_output=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cpus),
    ).stdout
    return {
        row["name"].split("/")[0]: row["cpu_time"]
        for row in json.loads(output)["benchmarks"]
    }


def interval(values: list[float]) -> tuple[float, float, float]:
    """Median with the narrowest order-statistic interval of at least 95%."""
    ordered, n = sorted(values), len(values)
    out, tail = 0, 0.0
    while out < (n - 1) // 2 and tail + comb(n, out) / 2**n <= 0.025:
        tail += comb(n, out) / 2**n
        out += 1
    low = max(out - 1, 0)
    return median(ordered), ordered[low], ordered[n - 1 - low]


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.hook_cost", description=__doc__)
    parser.add_argument("--blocks", type=int, default=12, help="two turns each (12)")
    parser.add_argument("--seconds", type=float, default=0.1, help="a benchmark (0.1)")
    options = parser.parse_args()

    times: dict[tuple[str, int, str], list[float]] = {}
    for block in range(options.blocks):
        for way in (*WAYS, *reversed(WAYS)):
            for threads in (1, 2):
                for name, time in measure(way, threads, options.seconds).items():
                    times.setdefault((name, threads, way), []).append(time)
        print(f"block {block + 1} of {options.blocks}", file=sys.stderr)

    def turns(name: str, threads: int, way: str) -> list[float]:
        return times[name, threads, way]

    n = 2 * options.blocks
    print(
        f"CPU time a pair of 64 B, glibc; median [95% interval], "
        f"n={n} pairs of processes\n"
    )
    for name, pair in PAIRS.items():
        base = turns(name, 1, PLAIN)
        print(f"{pair}: {median(base):.2f} ns without counting")
        for way in (LINKED, PRELOADED):
            costs = [b - a for a, b in zip(base, turns(name, 1, way), strict=True)]
            center, low, high = interval(costs)
            goal = f"goal at most +{GOALS[name]} ns" if way == LINKED else "no goal"
            print(f"  {way:<10} {center:+.2f} ns [{low:+.2f}, {high:+.2f}]  ({goal})")
            ratios = [
                (two / two_base) / (one / one_base)
                for one_base, one, two_base, two in zip(
                    base,
                    turns(name, 1, way),
                    turns(name, 2, PLAIN),
                    turns(name, 2, way),
                    strict=True,
                )
            ]
            center, low, high = interval(ratios)
            print(
                f"  {'':<10} 2 threads' ratio over 1 thread's {center:.2f} "
                f"[{low:.2f}, {high:.2f}]  (goal at most {GOAL_THREADS:.2f})"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
