"""Puts each fault into a copy of the sources and looks whether a test goes red.

python -m tests.faults [NAME...]       only the faults whose name contains one of these
Exit code 1: a fault that no test noticed, or a test that is red without one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.table import FAULTS, Fault

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "build/faults/source"
# As deep as the sources' own, so that the compiler cache knows most of it.
BUILD = SOURCE / "build/release"


@dataclass(frozen=True)
class Outcome:
    """The test that went red, or None and what happened instead."""

    test: str | None
    otherwise: str = ""

    def __str__(self) -> str:
        return self.test or self.otherwise


def main(names: list[str]) -> int:
    """Prints a table, a row as soon as a fault is judged."""
    faults = [f for f in FAULTS if not names or any(name in f.name for name in names)]
    begin = time.monotonic()
    copy_sources()
    configure()
    print("| fault | in | caught by | time |\n|---|---|---|---|", flush=True)
    caught = 0
    for fault in faults:
        start = time.monotonic()
        outcome = judge(fault)
        caught += outcome.test is not None
        took = f"{time.monotonic() - start:.0f} s"
        print(f"| {fault.name} | {fault.file} | {outcome} | {took} |", flush=True)
    whole = f"{time.monotonic() - begin:.0f} s"
    print(f"| **{caught} of {len(faults)} caught** | | | {whole} |")
    return 0 if caught == len(faults) else 1


def judge(fault: Fault) -> Outcome:
    """What the tests say without the fault, and with it."""
    file = SOURCE / fault.file
    text = file.read_text()
    if text.count(fault.before) != 1:
        return Outcome(None, "**not applied**: see tests/faults/table.py")
    if not build(fault):
        return Outcome(None, "**not built without the fault**")
    if failed := red(fault):
        return Outcome(None, f"**red without the fault**: {failed[0]}")
    try:
        file.write_text(text.replace(fault.before, fault.after))
        if not build(fault):
            return Outcome(None, "**not built**")
        failed = red(fault)
    finally:
        file.write_text(text)
    return Outcome(failed[0]) if failed else Outcome(None, "**missed**")


def copy_sources() -> None:
    """What is in the work tree; unchanged files keep their time, to be built once."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = run(listed, ROOT).stdout.rstrip("\0").split("\0")
    for name in names:
        source, target = ROOT / name, SOURCE / name
        if not source.is_file():
            continue
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            target.chmod(source.stat().st_mode)


def configure() -> None:
    """As the tests are built everywhere else."""
    options = ("-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release")
    done = run(("cmake", *options, "-S", str(SOURCE), "-B", str(BUILD)), ROOT)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def build(fault: Fault) -> bool:
    """The one program that is to go red."""
    if fault.target == "pytest":
        return True
    jobs = os.environ.get("JOBS", str(os.cpu_count()))
    command = ("cmake", "--build", str(BUILD), "--parallel", jobs, "--target")
    done = run((*command, fault.target), ROOT)
    if done.returncode:
        print(done.stdout[-3000:], file=sys.stderr)
    return done.returncode == 0


def red(fault: Fault) -> list[str]:
    """The tests that failed, or that the program ended before it could say."""
    if fault.target == "pytest":
        python = str(ROOT / "build/venv/bin/python")
        done = run((python, "-m", "pytest", "-q", "-x", fault.tests), SOURCE)
        lines = [x for x in done.stdout.splitlines() if x.startswith("FAILED")]
        names = [line.split()[1] for line in lines]
    else:
        program = str(BUILD / "bin" / fault.target)
        options = ("--gtest_fail_fast", "--gtest_brief=1")
        done = run((program, *options, f"--gtest_filter={fault.tests}"), SOURCE)
        lines = [x for x in done.stdout.splitlines() if "[  FAILED  ]" in x]
        names = [line.split("]")[1].split()[0].rstrip(",") for line in lines]
    if not names and done.returncode:
        return [f"{fault.target}, exit code {done.returncode}"]
    return names


def run(command: tuple[str, ...], folder: Path) -> subprocess.CompletedProcess[str]:
    """Its streams as text; it may fail."""
    environment = {**os.environ, "CCACHE_NOHASHDIR": "1"}
    environment.setdefault("CCACHE_BASEDIR", str(ROOT.parent))
    streams = {"capture_output": True, "text": True, "errors": "replace"}
    return subprocess.run(command, cwd=folder, env=environment, **streams)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
