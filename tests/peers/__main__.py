"""The command line: python -m tests.peers."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from tests.peers.candidates import CLEARED, ENVIRONMENT
from tests.peers.document import SCHEMA, BadDataError, join, load
from tests.peers.render import markdown, text
from tests.peers.shapes import BY_NAME

ROOT = Path(__file__).resolve().parents[2]
MISSING, BAD_DATA = 4, 5

# Where a buffer lies in memory is settled when a process begins, and a kernel
# may like it or not: so several processes, and a few rounds in each.
PROCESSES, ROUNDS, VISIT = 4, 6, 0.020
QUICK_PROCESSES, QUICK_ROUNDS, QUICK_VISIT = 1, 5, 0.005


class StoppedError(Exception):
    """Why is on stderr already; this is the exit code."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


def main(arguments: list[str] | None = None) -> int:
    """Returns 0, 1 for a wrong output, 4 for a missing peer, 5 for a bad file;
    argparse exits with 2.
    """
    options = _with_defaults(_parser().parse_args(arguments))
    try:
        document = _document(options)
    except StoppedError as error:
        return error.code
    except BadDataError as error:
        print(f"peers: {error}", file=sys.stderr)
        return BAD_DATA
    print(text(document), end="")
    if options.markdown:
        options.markdown.write_text(markdown(document))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.peers",
        description="Measures the engine side by side with oneDNN, onnxruntime"
        " and OpenBLAS.",
    )
    parser.add_argument(
        "--isa",
        choices=("best", "avx2", "all"),
        default="all",
        help="best instructions, everyone limited to AVX2, or both (default)",
    )
    parser.add_argument("--shapes", nargs="+", choices=BY_NAME, metavar="SHAPE")
    parser.add_argument("--rounds", type=int, help=f"in each process, default {ROUNDS}")
    parser.add_argument(
        "--processes", type=int, help=f"one after the other, default {PROCESSES}"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--quick", action="store_true", help="one process, few and short visits"
    )
    parser.add_argument("--json", type=Path, help="file to write every time to")
    parser.add_argument("--markdown", type=Path, help="file to write the page to")
    parser.add_argument(
        "--from",
        dest="files",
        type=Path,
        nargs="+",
        help="measure nothing: show these files of --json as one",
    )
    parser.add_argument(
        "--libraries", type=Path, default=ROOT / "build/peers/lib/peers"
    )
    return parser


def _with_defaults(options: argparse.Namespace) -> argparse.Namespace:
    quick = QUICK_PROCESSES, QUICK_ROUNDS, QUICK_VISIT
    processes, rounds, options.visit = (
        quick if options.quick else (PROCESSES, ROUNDS, VISIT)
    )
    options.processes = options.processes or processes
    options.rounds = options.rounds or rounds
    options.shapes = options.shapes or list(BY_NAME)
    return options


def _document(options: argparse.Namespace):
    if options.files:
        return load(options.files)
    measured = _measure(options)
    if options.json:
        options.json.write_text(json.dumps(measured))
    return join([measured])


def _require(*modules: str) -> None:
    for module in modules:
        if find_spec(module) is None:
            hint = "ci/setup build peers; make peers"
            print(f"peers: {module} is missing. Type: {hint}", file=sys.stderr)
            raise StoppedError(MISSING)


def _measure(options: argparse.Namespace) -> dict:
    _require("numpy", "onnx", "onnxruntime")
    # Children inherit it. The last CPU: the first one serves most interrupts.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    isas = tuple(ENVIRONMENT) if options.isa == "all" else (options.isa,)
    runs = [
        _in_child(isa, options.seed + process, options)
        for process in range(options.processes)
        for isa in isas
    ]
    return {
        "schema": SCHEMA,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "about": {
            "machine": _machine(),
            "commit": _commit(),
            "visit": options.visit,
            "versions": runs[0]["versions"],
        },
        "runs": runs,
    }


def _in_child(isa: str, seed: int, options: argparse.Namespace) -> dict:
    what = f"{isa}, {len(options.shapes)} shapes, {options.rounds} rounds, seed {seed}"
    print(f"peers: {what}", file=sys.stderr)
    command = [sys.executable, "-m", "tests.peers.measure", f"--isa={isa}"]
    command += [f"--libraries={options.libraries}", f"--seed={seed}"]
    command += [f"--rounds={options.rounds}", f"--visit={options.visit}"]
    command += ["--shapes", *options.shapes]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(CLEARED)}
    environment |= ENVIRONMENT[isa] | {"OMP_NUM_THREADS": "1"}
    child = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    if child.returncode:
        raise StoppedError(child.returncode if child.returncode > 0 else 1)
    return json.loads(child.stdout)


def _machine() -> str:
    fields = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    cpu = fields.get("model name", platform.machine())
    if "cpu family" in fields:
        cpu += f" (family {fields['cpu family']}, model {fields['model']})"
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{cpu}, {os.cpu_count()} CPUs, {system}, Linux {platform.release()}"


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
