"""Renews docs/report.png and docs/terminal.png: `make pictures`."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from tests.pictures import ansi
from tests.reports import chromium

_TERMINAL_COLUMNS_PX = 1180
_MOST_BYTES = 200_000


def main() -> None:
    options = parse()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shoot(options.page.resolve(), (1000, 1845), options.docs / "report.png", folder)
        command = [options.opstat, "stat", "--color", "always"]
        command += ["--col", "scratch@(allocating pooled)", str(options.json)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True)
        page = folder / "terminal.html"
        page.write_text(ansi.page(f"$ {shown(command)}\n{printed.stdout}"))
        size = (_TERMINAL_COLUMNS_PX, 900)
        shoot(page, size, options.docs / "terminal.png", folder)


def shown(command: list[str]) -> str:
    """As one would type it at a terminal."""
    return f"opstat stat --col '{command[5]}' {Path(command[6]).name}"


def shoot(page: Path, size: tuple[int, int], target: Path, folder: Path) -> None:
    """The top of `page`, without the empty space below, in 256 colours."""
    raw = folder / "raw.png"
    window = f"--window-size={size[0]},{size[1]}"
    chromium.run(folder, window, f"--screenshot={raw}", page.as_uri())
    image = Image.open(raw).convert("RGB")
    image.crop((0, 0, image.width, used(image))).quantize(256).save(
        target, optimize=True
    )
    assert target.stat().st_size < _MOST_BYTES, target


def used(image: Image.Image) -> int:
    """Where the last row that is not all of one colour ends, and a margin."""
    rows = (y for y in range(image.height - 1, 0, -1) if not is_blank(image, y))
    return min(image.height, next(rows, 0) + 17)


def is_blank(image: Image.Image, y: int) -> bool:
    return len(image.crop((0, y, image.width, y + 1)).getcolors() or "many") == 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make pictures")
    add = parser.add_argument
    add("--opstat", default="build/release/bin/opstat")
    add("--json", type=Path, required=True, help="the samples file")
    add("--page", type=Path, required=True, help="its report")
    add("--docs", type=Path, default=Path("docs"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
