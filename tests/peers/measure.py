"""The measuring process: python -m tests.peers.measure; JSON to stdout.

Its parent has pinned it and set the environment. All candidates are in this
one process, so that within a round they run within a fraction of a second of
each other.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.peers import onnx_conv, oracle
from tests.peers.candidates import ALL, ONNXRUNTIME, PEAK, Candidate
from tests.peers.library import FailedError, Library, MissingPeerError, Tensors
from tests.peers.shapes import BENCH, BY_NAME, Shape
from tests.peers.summary import times_for

WRONG, MISSING = 1, 4
_NAN = float("nan")


@dataclass
class Entry:
    """A candidate at work on one shape."""

    candidate: Candidate
    work: object  # has run(times) -> seconds, and implementation
    times: int = 1
    seconds: list[float] = field(default_factory=list)

    def calibrate(self, visit: float) -> None:
        """Fixes how many runs make a visit of so many seconds."""
        self.times = times_for(min(self.work.run(1) for _ in range(3)), visit)

    def measure(self) -> None:
        """One visit; the run before it brings the data into the caches."""
        self.work.run(1)
        self.seconds.append(self.work.run(self.times) / self.times)


@dataclass
class Section:
    """One shape in one type, with all that compute it."""

    shape: Shape
    dtype: str
    tensors: Tensors  # kept alive: the entries know only their addresses
    entries: list[Entry]

    def as_json(self) -> dict:
        """As it is stored."""
        return {
            "shape": self.shape.name,
            "dtype": self.dtype,
            "candidates": {
                entry.candidate.name: {
                    "implementation": entry.work.implementation,
                    "seconds": entry.seconds,
                }
                for entry in self.entries
            },
        }


class Workshop:
    """Makes candidates ready to run, and checks what they compute."""

    def __init__(self, folder: Path, isa: str, seed: int):
        names = {candidate.library for candidate in ALL} - {ONNXRUNTIME}
        self.libraries = {name: Library(folder, name) for name in sorted(names)}
        self._isa, self._seed = isa, seed

    def section(self, shape: Shape, dtype: str) -> Section:
        """Every candidate that can compute the shape, checked."""
        tensors = Tensors(shape, dtype, self._seed)
        expected = oracle.expected(shape, tensors.x, tensors.weights)
        entries = []
        for candidate in ALL:
            entry = self._entry(candidate, shape, tensors)
            if entry:
                _check(entry, tensors, expected, f"{shape.name} {dtype}")
                entries.append(entry)
        return Section(shape, dtype, tensors, entries)

    def _entry(self, candidate, shape, tensors) -> Entry | None:
        if not candidate.can(tensors.dtype, self._isa):
            return None
        if candidate.name == ONNXRUNTIME:
            return Entry(candidate, onnx_conv.conv(shape, tensors))
        library = self.libraries[candidate.library]
        try:
            return Entry(candidate, library.open(candidate.method, shape, tensors))
        except FailedError:
            if candidate.may_refuse:
                return None
            raise


def _check(entry: Entry, tensors: Tensors, expected, what: str) -> None:
    tensors.y.fill(_NAN)
    entry.work.run(1)
    limit = oracle.TOLERANCE[tensors.dtype]
    error = expected.error(tensors.y)
    if entry.candidate.name != PEAK and not error <= limit:
        raise FailedError(
            f"{entry.candidate.name}, {what}: error {error:.3g}, limit {limit:.3g}"
        )


def interleave(sections: list[Section], rounds: int, shuffle) -> None:
    """Measures every candidate of every section once a round. The order of
    the sections, and of the candidates in each, is new in every round.
    """
    for _ in range(rounds):
        shuffle(sections)
        for section in sections:
            shuffle(section.entries)
            for entry in section.entries:
                entry.measure()


def _call_overhead(rounds: int = 11, times: int = 2000) -> list[float]:
    session = onnx_conv.identity()
    session.run(times)
    return [session.run(times) / times for _ in range(rounds)]


def _measure(options: argparse.Namespace) -> dict:
    workshop = Workshop(options.libraries, options.isa, options.seed)
    shapes = [BY_NAME[name] for name in options.shapes]
    wanted = [(shape, "f32") for shape in shapes]
    wanted += [(shape, "f64") for shape in shapes if shape in BENCH]
    sections = [workshop.section(*each) for each in wanted]
    for section in sections:
        for entry in section.entries:
            entry.calibrate(options.visit)
    gc.disable()
    interleave(sections, options.rounds, random.Random(options.seed).shuffle)
    versions = [library.version() for library in workshop.libraries.values()]
    return {
        "isa": options.isa,
        "versions": sorted({*versions, onnx_conv.version()}, key=str.casefold),
        "onnxruntime_call_seconds": _call_overhead(),
        "sections": [section.as_json() for section in sections],
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.peers.measure")
    parser.add_argument("--libraries", type=Path, required=True)
    parser.add_argument("--isa", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--visit", type=float, required=True, help="seconds")
    parser.add_argument("--shapes", nargs="+", required=True)
    return parser


def main() -> int:
    """Returns 0, 1 for a wrong output, 4 for a missing peer."""
    try:
        json.dump(_measure(_parser().parse_args()), sys.stdout)
    except MissingPeerError as error:
        print(f"peers: {error}", file=sys.stderr)
        return MISSING
    except FailedError as error:
        print(f"peers: {error}", file=sys.stderr)
        return WRONG
    return 0


if __name__ == "__main__":
    sys.exit(main())
