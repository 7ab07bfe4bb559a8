"""The command line: python -m tests.peers."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.peers.candidates import CLEARED, ENVIRONMENT
from tests.peers.document import SCHEMA, BadDataError, join, load
from tests.peers.render import markdown, text
from tests.peers.shapes import BY_NAME

ROOT = Path(__file__).resolve().parents[2]
BAD_DATA = 5
ROUNDS, VISIT = 20, 0.020
QUICK_ROUNDS, QUICK_VISIT = 5, 0.005


class ChildError(Exception):
    """The measuring process has said why; its exit code is ours."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


def main(arguments: list[str] | None = None) -> int:
    """Returns 0, 1 for a wrong output, 4 for a missing peer, 5 for a bad file;
    argparse exits with 2.
    """
    options = _parser().parse_args(arguments)
    try:
        document = _document(options)
    except ChildError as error:
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
    parser.add_argument("--rounds", type=int, help=f"default {ROUNDS}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="few and short visits")
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


def _document(options: argparse.Namespace):
    if options.files:
        return load(options.files)
    measured = _measure(options)
    if options.json:
        options.json.write_text(json.dumps(measured))
    return join([measured])


def _measure(options: argparse.Namespace) -> dict:
    # Children inherit it. The last CPU: the first one serves most interrupts.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    isas = tuple(ENVIRONMENT) if options.isa == "all" else (options.isa,)
    runs = [_in_child(isa, options) for isa in isas]
    return {
        "schema": SCHEMA,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "about": {
            "machine": _machine(),
            "commit": _commit(),
            "visit": _visit(options),
            "versions": runs[0]["versions"],
        },
        "runs": runs,
    }


def _visit(options: argparse.Namespace) -> float:
    return QUICK_VISIT if options.quick else VISIT


def _in_child(isa: str, options: argparse.Namespace) -> dict:
    rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    shapes = options.shapes or list(BY_NAME)
    print(f"peers: {isa}, {len(shapes)} shapes, {rounds} rounds", file=sys.stderr)
    command = [sys.executable, "-m", "tests.peers.measure", f"--isa={isa}"]
    command += [f"--libraries={options.libraries}", f"--seed={options.seed}"]
    command += [f"--rounds={rounds}", f"--visit={_visit(options)}"]
    command += ["--shapes", *shapes]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(CLEARED)}
    environment |= ENVIRONMENT[isa] | {"OMP_NUM_THREADS": "1"}
    child = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    if child.returncode:
        raise ChildError(child.returncode if child.returncode > 0 else 1)
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
