"""A history of many runs, as opstat imports it."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

_SAMPLES = 6


def medians(benchmark: int, runs: int) -> list[float]:
    """Of one benchmark in nanoseconds: 1% noise around a level of its own."""
    rng = random.Random(benchmark)
    level = 100 * 1.005**benchmark
    return [level * (1 + 0.01 * rng.gauss(0, 1)) for _ in range(runs)]


def database(opstat: str, folder: Path, benchmarks: int, runs: int) -> Path:
    """Imports the runs, once."""
    path = folder / f"{benchmarks}x{runs}.db"
    if path.exists():
        return path
    series = [medians(benchmark, runs) for benchmark in range(benchmarks)]
    files = [
        _write(folder, run, [values[run] for values in series]) for run in range(runs)
    ]
    partial = folder / "partial.db"
    partial.unlink(missing_ok=True)
    command = [opstat, "import", "--db", str(partial), *map(str, files)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for file in files:
        file.unlink()
    return partial.rename(path)


def _write(folder: Path, run: int, values: list[float]) -> Path:
    """One run as Go benchmark text, six samples a benchmark."""
    spread = [0.995, 0.998, 1.0, 1.0, 1.002, 1.005]
    lines = ["goos: linux", "goarch: amd64", f"run: {run}"]
    for benchmark, value in enumerate(values):
        for sample in range(_SAMPLES):
            lines.append(
                f"BenchmarkBM_{benchmark}-1 1000 {value * spread[sample]:.6g} ns/op "
                f"{benchmark * 16} B/op {benchmark % 7} allocs/op"
            )
    path = folder / f"run-{run:04}.txt"
    path.write_text("\n".join(lines) + "\n")
    return path
