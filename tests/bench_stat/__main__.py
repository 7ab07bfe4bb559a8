"""opstat stat side by side with benchstat: `make bench-stat`.

Both read the same files on one processor, in turn. Judged is CPU time, which
equals wall time there when the processor is free and holds when it is not.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.bench_stat import document, inputs
from tests.bench_stat.cases import CASES, Row
from tests.bench_stat.measure import Pair, alternate, peak_mib

LOAD = """
import json, sys, time
start = time.process_time()
with open(sys.argv[1]) as file:
    json.load(file)
print(time.process_time() - start)
"""


def seconds(command: list[str]) -> float:
    return float(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )


def compare(options: argparse.Namespace) -> list[Row]:
    rows, medians = [], {}
    for case in CASES:
        folder = inputs.make(options.inputs, case.benchmarks, case.samples)
        files = [str(folder / "old.txt"), str(folder / "new.txt")]
        ours = [options.opstat, "stat", *case.options, *files]
        theirs = [options.benchstat, *files]
        pair = alternate(
            ours, theirs, max(3, options.rounds if case.quick else options.rounds // 2)
        )
        medians[case.benchmarks, case.samples] = pair
        rows.append(case.row(pair, peak_mib(ours), peak_mib(theirs)))
        print(rows[-1].text(), flush=True)
    return [*rows, growth(medians)]


def growth(pairs: dict[tuple[int, int], Pair]) -> Row:
    def best(size: int) -> float:
        return min(cost.cpu for cost in pairs[size, 12].ours)

    ratio = best(10_000) / best(1_000)
    row = Row(
        "time of 10,000 / time of 1,000 benchmarks",
        f"{ratio:.1f}",
        "",
        1,
        "<= 11",
        ratio <= 11,
    )
    print(row.text(), flush=True)
    return row


def reading(options: argparse.Namespace) -> Row:
    file = str(inputs.make(options.inputs, 10_000, 12) / "old.json")
    ratios = sorted(
        seconds([sys.executable, "-c", LOAD, file]) / seconds([options.read_time, file])
        for _ in range(options.rounds)
    )
    middle = ratios[len(ratios) // 2]
    row = Row(
        "Google Benchmark JSON of 10,000: rate / json.load's",
        f"{middle:.1f}",
        f"{ratios[0]:.1f} to {ratios[-1]:.1f}",
        len(ratios),
        ">= 5",
        middle >= 5,
    )
    print(row.text(), flush=True)
    return row


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench-stat", description=__doc__)
    parser.add_argument("--opstat", default="build/release/bin/opstat")
    parser.add_argument("--read-time", default="build/release/bin/read_time")
    parser.add_argument("--benchstat", required=True)
    parser.add_argument("--inputs", type=Path, default=Path("build/bench-stat"))
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--write", type=Path, help="put the table into this page")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows = [*compare(options), reading(options)]
    if options.write:
        document.write(options.write, rows)
    return 0 if all(row.holds for row in rows) else 1


sys.exit(main())
