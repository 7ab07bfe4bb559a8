"""The command line: python -m reports IN.json -o OUT.html."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports.load import BadDataError, parse

BAD_DATA = 5


def main(arguments: list[str] | None = None) -> int:
    """Writes the page; returns the exit code, 0 or 5 (argparse exits with 2)."""
    options = _parser().parse_args(arguments)
    try:
        _write(options.output, _page(_read(options.input)))
    except BadDataError as error:
        print(f"reports: {error}\n  hint: {error.hint}", file=sys.stderr)
        return BAD_DATA
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reports",
        description="Draws an opstat report as one self-contained HTML page.",
    )
    parser.add_argument("input", help="an opstat.report/1 file, or - for stdin")
    parser.add_argument(
        "-o", "--output", required=True, help="the page to write, or - for stdout"
    )
    return parser


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise BadDataError(
            f"cannot read {name}: {error.strerror}",
            "give the file that opstat export --format report wrote",
        ) from error


def _page(data: bytes) -> bytes:
    report = parse(data)
    # matplotlib takes half a second to load, which an error need not wait for.
    from reports.page import render

    return render(report).encode()


def _write(name: str, page: bytes) -> None:
    if name == "-":
        sys.stdout.buffer.write(page)
        return
    try:
        Path(name).write_bytes(page)
    except OSError as error:
        raise BadDataError(
            f"cannot write {name}: {error.strerror}",
            "name a file in a folder that exists and is writable",
        ) from error


if __name__ == "__main__":
    sys.exit(main())
