"""Tables as text for a terminal, and a page of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from tests.peers.document import Document
from tests.peers.shapes import BENCH, LAYERS
from tests.peers.summary import spread
from tests.peers.tables import Table, all_of

_METHOD = """\
One thread on one pinned core; NCHW in and out, no bias. Random operands, the
same for all; every output agreed with sums in double before it was timed. All
candidates are in one process, and {processes} such processes ran, because
where memory happens to lie differs between them. In a round every candidate
gets one visit of {visit_ms:g} ms, in a new random order; ratios are taken
within a round, then their median and quartiles. The FMA peak is measured in
the same rounds, as the time of equally many independent fused multiply-adds.
Nominal operations: those on padding count. opstat: the C interface, which
plans and packs in every call, or a plan and weights packed once. oneDNN:
`convolution_direct` with its choice of layouts ("any"), the reorders from and
to NCHW included; Winograd is left out. Its other layouts count under "best of
all" only. onnxruntime: constant weights; calling it from Python costs {call} a
call, which is not subtracted. Limited to AVX2 it does not take part: it has no
switch for that. Neither it nor oneDNN computes f64. OpenBLAS: the engine's own
im2col, its buffer kept, and OpenBLAS for the product."""


def text(document: Document) -> str:
    """What is printed."""
    parts = [_aligned(table) for table in all_of(document)]
    return "\n\n".join([*parts, _about(document), _method(document)]) + "\n"


def markdown(document: Document) -> str:
    """What `--markdown` writes."""
    parts = ["# The engine beside its peers", _about(document), _method(document)]
    parts += [_shapes(), *(_piped(table) for table in all_of(document))]
    return "\n\n".join(parts) + "\n"


def _about(document: Document) -> str:
    about = document.about
    versions = ", ".join(about["versions"])
    dates = " to ".join(dict.fromkeys((document.dates[0], document.dates[-1])))
    return _wrapped(
        f"{dates}; {about['machine']}; commit {about['commit']}; {versions}."
    )


def _method(document: Document) -> str:
    call = spread(document.call_seconds)
    cost = f"{1e6 * call.median:.2f} µs [{1e6 * call.p25:.2f}, {1e6 * call.p75:.2f}]"
    return _wrapped(
        _METHOD.format(
            call=f"{cost} (n = {call.n})",
            processes=document.processes,
            visit_ms=1e3 * document.about["visit"],
        )
    )


def _wrapped(paragraph: str) -> str:
    return fill(paragraph, 88, break_on_hyphens=False)


def _shapes() -> str:
    rows = tuple(
        (shape.name, shape.describe(), f"{shape.flop / 1e6:.1f}")
        for shape in BENCH + LAYERS
    )
    return _piped(Table("Shapes", ("shape", "convolution", "MFLOP"), rows))


def _aligned(table: Table) -> str:
    lines = [table.headings, *_without_repeats(table.rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    shown = (
        "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    return "\n".join([table.caption, *shown])


def _without_repeats(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A name once, at the first of the rows that share it."""
    named: list[tuple[str, ...]] = []
    last = None
    for name, *rest in rows:
        named.append(("" if name == last else name, *rest))
        last = name
    return named


def _piped(table: Table) -> str:
    rule = "---|" * len(table.headings)
    rows = ("| " + " | ".join(row) + " |" for row in (table.headings, *table.rows))
    head, *body = rows
    return "\n".join([f"## {table.caption}", "", head, f"|{rule}", *body])
