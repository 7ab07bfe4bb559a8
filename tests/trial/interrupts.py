"""Ends `opstat compare` at random moments, and demands what is promised then.

After INT, TERM and KILL alike: no child is left, no file beside the database
and its sessions, and every sample that was finished is in the resumed result.
usage: python -m tests.trial.interrupts [POINTS] [SEED]
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OPSTAT = "build/release/bin/opstat"
BENCH = "tests/measure/fake_bench.sh"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
ROUNDS = 6


def compare(folder: Path, words: list[str]) -> subprocess.Popen:
    """Starts a compare whose processes are known by a variable of their own."""
    command = [OPSTAT, "compare", "--quiet", "--json", "--quick"]
    command += ["--db", str(folder / "history.db"), *words]
    environment = os.environ | {"OPSTAT_INTERRUPTS": str(folder)}
    return subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def children(folder: Path) -> list[str]:
    """Processes of this point that are still there; a zombie is none."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


def samples(folder: Path) -> int:
    """Finished samples on disk; half a line is none."""
    return sum(
        line.startswith("S ") and line.endswith("\n")
        for path in (folder / "sessions").glob("*.session")
        for line in path.read_text().splitlines(keepends=True)
    )


def result(folder: Path) -> tuple[int, str]:
    """Of the compare gone on with; of the stored one where it had just ended."""
    resumed = compare(folder, ["--resume"])
    out, err = resumed.communicate(timeout=120)
    if "holds no interrupted compare" not in out:
        return resumed.returncode, out or err
    show = [OPSTAT, "show", "--json", "--db", str(folder / "history.db")]
    shown = subprocess.run(show, capture_output=True, text=True)
    return shown.returncode, shown.stdout or shown.stderr


def point(folder: Path, wait: float, number: signal.Signals) -> str:
    """What went wrong at one point; "" for nothing."""
    sides = ["--base-cmd", f"{BENCH} times-100", "--head-cmd", f"{BENCH} times-110"]
    measuring = compare(folder, [*sides, "--rounds", str(ROUNDS)])
    time.sleep(wait)
    measuring.send_signal(number)
    measuring.communicate(timeout=60)
    for _ in range(200):
        if not children(folder):
            break
        time.sleep(0.01)
    else:
        return f"children left: {children(folder)}"
    strangers = {path.name for path in folder.iterdir()} - {"sessions"}
    if any(not name.startswith("history.db") for name in strangers):
        return f"files left: {strangers}"
    if measuring.returncode == 0 or samples(folder) == 0:
        return ""  # it was done, or had not begun
    code, out = result(folder)
    if code != 0:
        return f"not resumed, exit code {code}: {out}"
    rows = json.loads(out)["rows"]
    if any(row["contender"]["n"] != ROUNDS for row in rows):
        return f"samples lost: {[row['contender']['n'] for row in rows]}"
    return ""


def main() -> int:
    """Tries all points; 1 when a promise is broken at any."""
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    moments = random.Random(seed)
    broken = 0
    for i in range(points):
        with tempfile.TemporaryDirectory() as name:
            number = SIGNALS[i % len(SIGNALS)]
            wait = moments.uniform(0, 1.2)
            wrong = point(Path(name), wait, number)
            if wrong:
                broken += 1
                print(f"point {i}, {number.name} after {wait:.3f} s: {wrong}")
    print(f"{points} points, seed {seed}: {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
