#!/usr/bin/env python3
"""Prints line coverage by room of gcovr's and coverage.py's summaries.

Usage: ci/coverage_table.py CPP.json PYTHON.json        exit code 1: a room below 90%
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

LEAST = 0.9


def room(file: str) -> str:
    """The first folder, and of opstat/ the second too."""
    parts = Path(file).parts
    return "/".join(parts[: 2 if parts[0] == "opstat" else 1])


def main(cpp: str, python: str) -> int:
    """A Markdown table."""
    lines, run = Counter(), Counter()
    for file in json.loads(Path(cpp).read_text())["files"]:
        lines[room(file["filename"])] += file["line_total"]
        run[room(file["filename"])] += file["line_covered"]
    for name, file in json.loads(Path(python).read_text())["files"].items():
        lines[room(name)] += file["summary"]["num_statements"]
        run[room(name)] += file["summary"]["covered_lines"]
    print("| room | lines | run by tests |\n|---|---|---|")
    for name in sorted(lines):
        print(f"| {name} | {lines[name]} | {run[name] / lines[name]:.1%} |")
    print(f"| **all** | {lines.total()} | **{run.total() / lines.total():.1%}** |")
    return 0 if all(run[name] >= LEAST * lines[name] for name in lines) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
