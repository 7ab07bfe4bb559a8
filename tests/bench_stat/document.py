"""Puts the table into a page, between two marks."""

import platform
import re
from pathlib import Path

from tests.bench_stat.cases import Row

MARKED = re.compile(r"(<!-- bench-stat -->\n).*(<!-- end -->)", re.DOTALL)


def processor() -> str:
    names = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    return names[0] if names else platform.machine()


def table(rows: list[Row]) -> str:
    lines = [
        f"One core of {processor()}.\n",
        "| what | opstat / benchstat | min to max | n | goal | | peak memory |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        mark = "holds" if row.holds else "**missed**"
        cells = [
            row.what,
            row.value,
            row.spread,
            str(row.n),
            row.goal,
            mark,
            row.memory,
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def write(page: Path, rows: list[Row]) -> None:
    page.write_text(
        MARKED.sub(lambda marks: marks[1] + table(rows) + marks[2], page.read_text())
    )
