"""The same samples as Go benchmark text and as Google Benchmark JSON, two sides.

sec/op is continuous; B/op takes three values, so that ranks tie; allocs/op is
constant. Every fifth benchmark of the new side is 10% slower. Depends on the
numbers asked for alone.
"""

import json
import random
from pathlib import Path

CONTEXT = {
    "date": "2026-01-01T00:00:00+00:00",
    "host_name": "h",
    "executable": "./b",
    "num_cpus": 2,
    "mhz_per_cpu": 3000,
    "cpu_scaling_enabled": False,
    "caches": [],
    "load_avg": [0.1, 0.1, 0.1],
    "library_build_type": "release",
}


def samples(side: str, benchmark: int, count: int) -> tuple[list[float], list[int]]:
    draw = random.Random(1_000_003 * benchmark + (side == "new"))
    slow = 1.10 if side == "new" and benchmark % 5 == 0 else 1.0
    nanoseconds = 100.0 * (1 + benchmark % 997) * slow
    size = 64 * (1 + benchmark % 31)
    times = [nanoseconds * (1 + 0.02 * draw.gauss(0, 1)) for _ in range(count)]
    return times, [size + draw.randrange(3) for _ in range(count)]


def write_side(folder: Path, side: str, benchmarks: int, count: int) -> None:
    go = ["goos: linux", "goarch: amd64", "pkg: example.com/bench", "cpu: generic"]
    rows = []
    for b in range(benchmarks):
        name, allocs = f"Group{b % 20}/case={b:05d}", 1 + b % 7
        for i, (time, size) in enumerate(zip(*samples(side, b, count), strict=True)):
            fields = [
                f"Benchmark{name}-2 ",
                str(1_000_000 // (1 + b % 97)),
                f"{time:12.4g} ns/op",
                f"{size:8d} B/op",
                f"{allocs:8d} allocs/op",
            ]
            go.append("\t".join(fields))
            rows.append(
                {
                    "name": f"BM_{name}",
                    "family_index": b,
                    "per_family_instance_index": 0,
                    "run_name": f"BM_{name}",
                    "run_type": "iteration",
                    "repetitions": count,
                    "repetition_index": i,
                    "threads": 1,
                    "iterations": 100000,
                    "real_time": time,
                    "cpu_time": time * 0.998,
                    "time_unit": "ns",
                    "B/op": float(size),
                    "allocs/op": float(allocs),
                }
            )
    (folder / f"{side}.txt").write_text("\n".join(go) + "\nPASS\n")
    (folder / f"{side}.json").write_text(
        json.dumps({"context": CONTEXT, "benchmarks": rows}, indent=1)
    )


def make(root: Path, benchmarks: int, count: int) -> Path:
    """The folder with old and new, .txt and .json; made once."""
    folder = root / f"{benchmarks}x{count}"
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for side in ("old", "new"):
            write_side(folder, side, benchmarks, count)
        (folder / "complete").touch()
    return folder
