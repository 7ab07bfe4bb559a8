"""The command line: python -m tests.parity [NET or FILE.onnx ...]."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from tests.parity import broken
from tests.parity.engine import ConvError, Engine, default_library
from tests.parity.nets import BUILT_IN, BadModelError, built_in, from_file
from tests.parity.whole_model import MOST_APART, Comparison, Report

PARITY, NO_PARITY, COULD_NOT_RUN, BAD_DATA = 0, 1, 4, 5

HEADER = (
    f"{'net':<13}{'weights':<17}{'convs':>8}{'max abs':>10}{'largest':>9}"
    f"{'relative':>10}{'noise':>10}{'top-1':>7}{'top-5':>7}{'bits':>7}"
    f"{'layers':>10}{'float64':>10}  verdict"
)
LEGEND = f"""
max abs   largest difference of the logits from onnxruntime's; largest: of |logit|
relative  max abs / largest, at most {MOST_APART:.0e}; noise: the same for onnxruntime
          with and without its graph optimisations
top-5     the same five classes in the same order
bits      every scratch policy, 8 calls on a warm pool, a pool full of NaN: same bits
layers    worst single convolution on its own input, as a share of what rounding may do
float64   the net in float64, engine from definition, as a share of the largest logit"""


def main(arguments: list[str] | None = None) -> int:
    """Prints a row a net; 0: parity, 1: none, 4: no engine, 5: no model."""
    options = _parser().parse_args(arguments)
    try:
        engine = Engine(options.library)
    except OSError as error:
        return _say(error, "make build, or --library FILE", COULD_NOT_RUN)
    try:
        print(_title(engine, options.algorithm))
        print(HEADER)
        reports = [_judge(engine, name, options) for name in options.nets or BUILT_IN]
        holds = not any(report.faults() for report in reports)
        if not options.nets:
            holds &= _broken_engines_fail(engine)
    except ConvError as error:
        return _say(error, "see OPSTAT_ISA and --algorithm", COULD_NOT_RUN)
    except BadModelError as error:
        return _say(error, error.hint, BAD_DATA)
    print(LEGEND)
    if options.json:
        rows = [report.as_json() for report in reports]
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    return PARITY if holds else NO_PARITY


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.parity",
        description="Judges the convolution engine against onnxruntime on whole nets.",
    )
    parser.add_argument(
        "nets", nargs="*", help=f"{', '.join(BUILT_IN)} (all of them), or FILE.onnx"
    )
    parser.add_argument("--input", type=Path, help=".npy or .npz, in place of noise")
    parser.add_argument("--library", type=Path, default=default_library())
    parser.add_argument("--algorithm", default="auto", help="where it takes the shape")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the reports as JSON")
    return parser


def _title(engine: Engine, algorithm: str) -> str:
    isa = os.environ.get("OPSTAT_ISA") or f"the best of {'/'.join(engine.isas)}"
    return (
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, "
        f"onnxruntime {onnxruntime.__version__}, onnx {onnx.__version__}, "
        f"numpy {np.__version__}; engine: algorithm {algorithm}, "
        f"scratch {'/'.join(engine.scratches)}, instruction set {isa}; "
        "one thread, float32\n"
    )


def _judge(engine: Engine, name: str, options: argparse.Namespace) -> Report:
    net = built_in(name) if name in BUILT_IN else from_file(Path(name), options.input)
    try:
        comparison = Comparison(net)
    except Exception as error:  # onnxruntime's have no base in common
        raise BadModelError(
            f"onnxruntime cannot run {name}: {error}",
            "give the inputs it needs with --input FILE.npz",
        ) from error
    report = comparison.report(engine, options.algorithm)
    print(_row(report), flush=True)
    return report


def _row(report: Report) -> str:
    agreement, exact = report.agreement, report.in_double.engine_in_double
    return (
        f"{report.net:<13}{report.weights:<17}"
        f"{f'{report.calls}/{report.convs}':>8}"
        f"{agreement.max_abs:>10.1e}{agreement.largest:>9.3g}"
        f"{agreement.relative:>10.1e}{report.noise:>10.1e}"
        f"{_same(agreement.top1):>7}{_same(agreement.top5):>7}"
        f"{_same(not report.other_bits):>7}{report.layers.worst:>10.2g}"
        f"{'not run' if exact is None else f'{exact:.1e}':>10}  "
        f"{_verdict(report)}"
    )


def _same(yes: bool) -> str:
    return "same" if yes else "OTHER"


def _verdict(report: Report) -> str:
    faults, notes = report.faults(), []
    if report.left_to_onnxruntime:
        notes.append(f"{report.left_to_onnxruntime} Conv left to onnxruntime")
    if report.in_double.not_run_because:
        notes.append(f"float64: {report.in_double.not_run_because}")
    verdict = f"NO PARITY: {'; '.join(faults)}" if faults else "parity"
    return verdict + (f" ({'; '.join(notes)})" if notes else "")


def _broken_engines_fail(engine: Engine) -> bool:
    comparison = Comparison(built_in("spectro"))
    print("\nengines broken on purpose, on spectro (seeded weights); each must fail")
    all_fail = True
    for fault in broken.FAULTS:
        said = comparison.agreement(broken.engine(fault, engine)).faults()
        all_fail &= bool(said)
        print(f"  {fault:<14} {'fails: ' + '; '.join(said) if said else 'PASSES'}")
    return all_fail


def _say(error: Exception, hint: str, code: int) -> int:
    print(f"parity: {error}\n  hint: {hint}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
