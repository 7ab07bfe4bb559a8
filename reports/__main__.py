"""The command line: python -m reports IN.json -o OUT.html."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from pathlib import Path

USAGE = 2
MISSING_PACKAGE = 7

try:
    from reports.document import Report
    from reports.load import parse
    from reports.node import BadDataError
    from reports.page import KINDS, Wish, render
except ImportError as error:
    print(f"{error}", file=sys.stderr)
    sys.exit(MISSING_PACKAGE)


def main(arguments: list[str] | None = None) -> int:
    """Writes the page or the picture; returns the exit code: 0, 2 for usage, 4
    where no benchmark is as asked for, 5 for a document or a file that is no
    good, 7 for a package that is missing.
    """
    # A document of a thousand benchmarks makes many objects, and no garbage.
    gc.set_threshold(100_000)
    options = _parser().parse_args(arguments)
    try:
        _write(
            options.output,
            _drawn(options, parse(_read(options.input), options.columns)),
        )
    except ImportError as error:
        print(f"{error}", file=sys.stderr)
        return MISSING_PACKAGE
    except BadDataError as error:
        print(f"reports: {error}\n  hint: {error.hint}", file=sys.stderr)
        return error.exit_code
    return 0


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"no regular expression: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reports",
        description="Draws an opstat report as one self-contained HTML page.",
    )
    add = parser.add_argument
    add("input", help="an opstat.report/1 file, or - for stdin")
    add("-o", "--output", required=True, help="the page to write, or - for stdout")
    add("--page", choices=KINDS, default="report", help="which page")
    add("--columns", type=Path, help="the numbers that the input has elsewhere")
    add("--benchmark", type=_pattern, help="a regular expression: drawn in full")
    add("--plot", help="one plot in place of a page; list: their names")
    kinds = ("html", "svg", "png", "text")
    add("--format", choices=kinds, default="html", help="svg or png for a plot")
    add("--progress", action="store_true", help="say on stderr how far it is")
    return parser


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise BadDataError(
            f"cannot read {name}: {error.strerror}",
            "give the file that opstat export --format report wrote",
        ) from error


def _drawn(options: argparse.Namespace, report: Report) -> bytes:
    if options.plot is None:
        return render(report, _wish(options)).encode()
    from reports import plots

    if options.plot == "list":
        return "".join(f"{name}\n" for name in plots.named(report)).encode()
    return plots.picture(report, options.plot, options.format)


def _wish(options: argparse.Namespace) -> Wish:
    if options.progress:
        return Wish(options.page, options.benchmark, _tell)
    return Wish(options.page, options.benchmark)


def _tell(line: str) -> None:
    print(f"progress: {line}", file=sys.stderr, flush=True)


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
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Freeing a thousand benchmarks one by one would take a tenth of the time.
    os._exit(code)
