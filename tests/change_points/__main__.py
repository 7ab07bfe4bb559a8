"""Change points side by side with apache-otava: `make bench-change-points`.

Both get the same series in the same process, or one beside it, on one
processor, in turn. Judged is CPU time without start-up and reading. Series:
normal noise of 1%, a step of 5% up or down every tenth of the series.
"""

import argparse
import os
import random
import statistics
import subprocess
import time
from pathlib import Path

from otava.analysis import compute_change_points

GOAL = 1 / 20


def series(length: int) -> list[float]:
    generator = random.Random(length)
    part = max(50, length // 10)
    levels = (100.0, 105.0)
    return [levels[i // part % 2] + generator.gauss(0, 1.0) for i in range(length)]


def ours(program: str, file: Path, repeats: int) -> tuple[float, list[int]]:
    done = subprocess.run(
        [program, str(file), str(repeats)], capture_output=True, text=True, check=True
    )
    points = [int(line.split()[0]) for line in done.stdout.splitlines()]
    return float(done.stderr), points


def otavas(values: list[float]) -> tuple[float, list[int]]:
    start = time.process_time()
    points, _ = compute_change_points(values)
    return time.process_time() - start, [point.index for point in points]


def true_steps(found: list[int], length: int) -> str:
    part = max(50, length // 10)
    steps = range(part, length, part)
    seen = sum(any(abs(place - step) <= 1 for place in found) for step in steps)
    false = sum(all(abs(place - step) > 1 for step in steps) for place in found)
    return f"{seen} of {len(steps)}, {false} more"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    options.folder.mkdir(parents=True, exist_ok=True)
    print(
        "| points | opstat | Otava | opstat / Otava, median | min to max | n | goal "
        "| | steps found, opstat | Otava |\n|---|---|---|---|---|---|---|---|---|---|"
    )
    missed = False
    for length in (100, 1_000, 10_000, 100_000):
        values = series(length)
        file = options.folder / f"{length}.txt"
        file.write_text("\n".join(map(repr, values)) + "\n")
        # As long as Otava's, so that the clock's step counts as little.
        repeats = max(1, 200_000 // length)
        pairs = []
        for i in range(options.rounds):
            first = otavas(values) if i % 2 else None
            mine = ours(options.program, file, repeats)
            pairs.append((mine, first or otavas(values)))
        ratios = sorted(mine[0] / other[0] for mine, other in pairs)
        middle = statistics.median(ratios)
        judged = length >= 1_000
        missed |= judged and middle > GOAL
        (_, points), (_, others) = pairs[0]
        print(
            f"| {length:,} | {statistics.median(p[0][0] for p in pairs) * 1e3:.3f} ms "
            f"| {statistics.median(p[1][0] for p in pairs) * 1e3:.2f} ms "
            f"| {middle:.4f} | {ratios[0]:.4f} to {ratios[-1]:.4f} | {len(ratios)} "
            f"| {'<= 0.05' if judged else ''} "
            f"| {('**missed**' if middle > GOAL else 'holds') if judged else ''} "
            f"| {true_steps(points, length)} | {true_steps(others, length)} |",
            flush=True,
        )
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
