"""What opstat's verdicts are worth on this machine, measured with its own CLI.

Suites of `opstat compare` run one program against itself doing 100 against
100, 102 and 105 units of the same work (units_of_work.cc): alarms on the first
are false, those on the others are what it is for. Each suite is a line of
build/trial/suites.jsonl, so that trials add up; the summary is made of all.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from .summary import summarise

UNITS = (100, 102, 105)


def suite(opstat: str, program: str, units: int, folder: Path, options: list[str]):
    """One compare; a history of its own, so that every suite has the same tau."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [opstat, "compare", "--json", "--samples", "--quiet"]
    command += ["--base-cmd", program, "--base-env", "UNITS_OF_WORK=100"]
    command += ["--head-cmd", program, "--head-env", f"UNITS_OF_WORK={units}"]
    command += ["--db", str(folder / "history.db"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"trial: opstat compare failed:\n{done.stderr}{done.stdout}")
    return json.loads(done.stdout)


def row_of(row: dict) -> dict:
    """What the summary needs of a row: its verdict, estimate and spread."""
    screen = row["samples"]["baseline"][:10]
    return {
        "benchmark": row["benchmark"],
        "verdict": row["verdict"],
        "effect": row["hodges_lehmann"]["ratio"] - 1,
        "cv": statistics.stdev(screen) / statistics.mean(screen),
        "n": row["baseline"]["n"],
    }


def record(document: dict, units: int, seconds: float) -> dict:
    """The line of one suite."""
    facts = document["environment"]
    rows = [row_of(row) for row in document["rows"] if row["role"] == "decides"]
    return {
        "units": units,
        "seed": document["seed"],
        "seconds": round(seconds, 1),
        "self_check": document["self_check"],
        "noise": {k: v for k, v in facts.items() if k.startswith("noise.")},
        "rows": rows,
    }


def read(path: Path) -> list[dict]:
    """All suites so far; half a line, of a trial that was killed, is dropped."""
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


def main() -> int:
    """Measures for a while, then summarises; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(prog="make trial", description=__doc__)
    parser.add_argument("--opstat", default="build/release/bin/opstat")
    parser.add_argument("--program", default="build/release/bin/units_of_work")
    parser.add_argument("--folder", type=Path, default=Path("build/trial"))
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--min-time", default="0.02")
    parser.add_argument("--filter", default="")
    parser.add_argument("--fresh", action="store_true", help="forget older suites")
    given = parser.parse_args()

    options = ["--min-time", given.min_time, "--filter", given.filter]
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / "suites.jsonl"
    if given.fresh:
        path.unlink(missing_ok=True)
    suites = read(path)
    path.write_text("".join(json.dumps(one) + "\n" for one in suites))
    end = time.monotonic() + given.seconds
    while time.monotonic() < end:
        units = UNITS[len(suites) % len(UNITS)]
        start = time.monotonic()
        document = suite(
            given.opstat, given.program, units, given.folder / "suite", options
        )
        suites.append(record(document, units, time.monotonic() - start))
        with path.open("a") as file:
            file.write(json.dumps(suites[-1]) + "\n")
    text, kept = summarise(suites)
    (given.folder / "trial.md").write_text(text)
    print(text, end="")
    return 0 if kept else 1


sys.exit(main())
