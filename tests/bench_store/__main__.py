"""The history beside sqlite3 itself: `make bench-store`.

Rates are by CPU time, which equals wall time where the processor is free and
the disk waits for nobody; it holds where they do not. Wall time is shown.
"""

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MARKED = re.compile(r"(<!-- bench-store -->\n).*(<!-- end of bench-store -->)", re.S)
RUNS_OF_A_MILLION, RUNS_OF_TEN = 278, 2778


@dataclass
class Row:
    """A line of the table."""

    what: str
    values: list[float]
    digits: int
    goal: str
    holds: bool | None = None

    def cells(self) -> list[str]:
        middle = statistics.median(self.values)
        outcome = {None: "", True: "holds", False: "**missed**"}[self.holds]
        return [
            self.what,
            f"{middle:.{self.digits}f}",
            f"{min(self.values):.{self.digits}f} to {max(self.values):.{self.digits}f}",
            str(len(self.values)),
            self.goal,
            outcome,
        ]


def measure(program: str, *words: str) -> list[float]:
    """The numbers that store_time prints."""
    output = subprocess.run(
        [program, *words], capture_output=True, text=True, check=True
    ).stdout
    return [float(line) for line in output.split()]


def judged(what: str, values: list[float], goal: float, most: bool) -> Row:
    """A row whose median must be at most, or at least, the goal."""
    middle = statistics.median(values)
    holds = middle <= goal if most else middle >= goal
    return Row(what, values, 2, f"{'<=' if most else '>='} {goal:g}", holds)


def ingest(options: argparse.Namespace, database: str) -> list[Row]:
    raw, ours, walls, ratios, sizes = [], [], [], [], []
    for _ in range(options.rounds):
        raw.append(measure(options.store_time, "raw", database + ".raw", "1000000"))
        got = measure(options.store_time, "ingest", database, str(RUNS_OF_TEN))
        ours.append(got)
        walls.append(got[1] / 1e6)
        ratios.append(got[2] / got[0])
        sizes.append(got[3])
    faster = [mine[0] / rows[0] for mine, rows in zip(ours, raw, strict=True)]
    return [
        Row("sqlite3: one-REAL rows, million/s", [r[0] / 1e6 for r in raw], 2, ""),
        Row("sqlite3: the same by wall time", [r[1] / 1e6 for r in raw], 2, ""),
        Row("opstat: samples, million/s", [mine[0] / 1e6 for mine in ours], 2, ""),
        Row("opstat: the same by wall time, each run synced", walls, 2, ""),
        judged("samples/s over sqlite3's rows/s", faster, 1, most=False),
        judged("samples/s at 10 million over at 1 million", ratios, 0.8, most=False),
        judged("bytes a sample", sizes, 13.5, most=True),
    ]


def queries(options: argparse.Namespace, database: str) -> list[Row]:
    one = measure(options.store_time, "series", database, "100", "200")
    many = measure(options.store_time, "wide", database + ".wide", "1000", "200")
    return [
        judged("last 200 runs of one series at 10 million, ms", one, 1, most=True),
        judged("last 200 runs of 1,000 series, ms", many, 500, most=True),
    ]


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if "model name" in line:
            return line.split(":")[1].strip()
    return platform.machine()


def table(rows: list[Row]) -> str:
    lines = [
        f"One core of {processor()}.\n",
        "| what | median | min to max | n | goal | |",
        "|---|---|---|---|---|---|",
        *("| " + " | ".join(row.cells()) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench-store", description=__doc__)
    parser.add_argument("--store-time", default="build/release/bin/store_time")
    parser.add_argument("--folder", type=Path, default=Path("build/bench-store"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, help="put the table into this page")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    options.folder.mkdir(parents=True, exist_ok=True)
    database = str(options.folder / "history.db")
    rows = [*ingest(options, database), *queries(options, database)]
    print(table(rows), end="")
    if options.write:
        page = options.write.read_text()
        written = MARKED.sub(lambda marks: marks[1] + table(rows) + marks[2], page)
        options.write.write_text(written)
    return 0 if all(row.holds is not False for row in rows) else 1


sys.exit(main())
