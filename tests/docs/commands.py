"""Finds the shell commands in a Markdown file: `python -m tests.docs` lists them.

A command is a line of a fenced block marked `sh`, a line that begins with `$ ` in any
other fenced block, and a line of an indented block that begins with the name of a
program. A backslash at its end joins the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAMS = (
    "opstat|make|cmake|ctest|cpack|sudo|sqlite3|g\\+\\+|python3?|git|source|ci/\\w+|cd"
)
INDENTED = re.compile(rf"^    (?:\$ )?((?:{PROGRAMS}) .*)$")


@dataclass(frozen=True)
class Command:
    """One command and where it stands."""

    document: str
    line: int
    text: str


def documents() -> list[Path]:
    """Everything that a reader of the project may type from."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")]
    return [*top, *sorted((ROOT / "docs").glob("*.md")), *examples()]


def examples() -> list[Path]:
    """The examples' own pages, whose commands run in their folders."""
    return sorted((ROOT / "examples").glob("*/README.md"))


def commands(document: Path) -> list[Command]:
    """The commands of a document, in order."""
    name = str(document.relative_to(ROOT))
    found = []
    for line, text in _lines(document.read_text()):
        if found and found[-1].text.endswith("\\"):
            before = found.pop()
            found.append(Command(name, before.line, before.text[:-1] + text.strip()))
        elif command := _command(text):
            found.append(Command(name, line, command))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines; those of a block marked `sh` begin with `$ ` then."""
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            fence = line[3:].strip() if fence is None else None
        elif fence == "sh" and line.strip():
            yield number, "$ " + line
        elif fence is None or fence in ("", "console"):
            yield number, line


def _command(line: str) -> str | None:
    if line.startswith("$ "):
        return line[2:]
    indented = INDENTED.match(line)
    return indented[1] if indented else None
