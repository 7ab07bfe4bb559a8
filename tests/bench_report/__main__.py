"""`opstat report` of a long history beside matplotlib: `make bench-report`.

Both draw the same medians: opstat from its database to the finished page, whole
processes; matplotlib the plots alone, from numbers in memory, its import included.
Judged is CPU time, user and system.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from pathlib import Path

from tests.bench_report import inputs

MOST_SHARE = 1 / 50
MOST_BYTES = 4_000_000

# One plot a benchmark as its users would draw it, at matplotlib's defaults.
PLOTS = """
import io, sys
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from tests.bench_report.inputs import medians
for benchmark in range(int(sys.argv[1])):
    figure = Figure(figsize=(8, 3))
    figure.subplots().plot(medians(benchmark, int(sys.argv[2])))
    FigureCanvasSVG(figure).print_svg(io.BytesIO())
"""


def cpu(command: list[str]) -> float:
    """Seconds of user and system time of a process and its children."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return spent() - before


def plots(options: argparse.Namespace) -> float:
    """What matplotlib takes for all plots."""
    size = [str(options.benchmarks), str(options.runs)]
    return cpu([sys.executable, "-c", PLOTS, *size])


def main() -> int:
    options = parse()
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.html"
    database = inputs.database(options.opstat, folder, options.benchmarks, options.runs)
    report = [options.opstat, "report", "--quiet", "--db", str(database)]
    # Before and after what takes half a minute: a machine's speed changes.
    ours = [cpu([*report, "-o", str(page)]) for _ in range(options.rounds)]
    theirs = plots(options)
    ours += [cpu([*report, "-o", str(page)]) for _ in range(options.rounds)]
    size = page.stat().st_size
    chosen = cpu([*report, "--benchmark", "0-1$", "-o", str(page)])
    chosen_size = page.stat().st_size
    share = sorted(ours)[len(ours) // 2] / theirs

    print(f"{options.benchmarks} benchmarks, {options.runs} runs, CPU seconds")
    print(f"opstat report  {min(ours):.2f} to {max(ours):.2f}, n = {len(ours)}")
    print(f"matplotlib     {theirs:.1f}, n = 1")
    print(f"share          1/{1 / share:.0f}, goal 1/50 {verdict(share <= MOST_SHARE)}")
    print(f"page           {size / 1e6:.2f} MB, goal 4 {verdict(size <= MOST_BYTES)}")
    print(f"50 in full     {chosen:.2f} s, {chosen_size / 1e6:.2f} MB", end=" ")
    print(f"goal 4 {verdict(chosen_size <= MOST_BYTES)}")
    return 0 if share <= MOST_SHARE and max(size, chosen_size) <= MOST_BYTES else 1


def verdict(holds: bool) -> str:
    return "holds" if holds else "MISSED"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-report")
    add = parser.add_argument
    add("--opstat", default="build/release/bin/opstat")
    add("--folder", type=Path, default=Path("build/bench-report"))
    add("--benchmarks", type=int, default=1000)
    add("--runs", type=int, default=200)
    add("--rounds", type=int, default=3, help="before and after matplotlib")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
