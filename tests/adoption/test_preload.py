"""The door that needs no build: opstat run on a program that knows nothing of it."""

from __future__ import annotations

import json

from tests.adoption.consumer import EXAMPLE, EXPECTED, counts, must, report


def test_an_untouched_program_is_counted_exactly(prefix, empty):
    program = empty / "untouched bench"
    libraries = ("-lbenchmark_main", "-lbenchmark")
    must("g++", "-O2", EXAMPLE / "fill_bench.cc", *libraries, "-o", program)
    assert counts(report(program)) == dict.fromkeys(EXPECTED)

    samples = empty / "samples.json"
    options = ("--rounds", "2", "--min-time", "0.001", "--out", samples)
    # From another folder: what opstat needs, it finds beside itself.
    must(prefix / "bin/opstat", "run", *options, "--", program, cwd="/")
    document = json.loads(samples.read_text())
    assert len(document["benchmarks"]) == 2 * len(EXPECTED)
    assert counts(document) == EXPECTED
