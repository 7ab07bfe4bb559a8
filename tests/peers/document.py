"""What was measured, from one or more files of `--json`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.peers.candidates import PEAK
from tests.peers.shapes import BENCH, BY_NAME, LAYERS, Shape

SCHEMA = "opstat.peers/1"


class BadDataError(Exception):
    """A file that is none of ours, or does not go with the others."""


@dataclass
class Series:
    """One shape in one type under one limit of instructions."""

    isa: str
    dtype: str
    shape: Shape
    seconds: dict[str, list[float]] = field(default_factory=dict)
    implementation: dict[str, str] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Rounds."""
        return len(self.seconds[PEAK])

    def extend(self, candidates: dict) -> None:
        """Adds the rounds of another file."""
        if self.seconds and self.seconds.keys() != candidates.keys():
            raise BadDataError(f"{self.shape.name}: not the same candidates")
        for name, values in candidates.items():
            self.seconds.setdefault(name, []).extend(values["seconds"])
            self.implementation[name] = values["implementation"]


@dataclass
class Document:
    """All of it, in the order in which it is shown."""

    about: dict  # machine, commit, versions: the same in all files
    dates: list[str]
    processes: int  # that measured the same
    call_seconds: list[float]  # of onnxruntime doing nothing
    series: list[Series]

    def group(self, isa: str, dtype: str, shapes: Sequence[Shape]) -> list[Series]:
        """Those measured, in the order of `shapes`."""
        return [
            series
            for shape in shapes
            for series in self.series
            if (series.isa, series.dtype, series.shape) == (isa, dtype, shape)
        ]

    def groups(self) -> list[list[Series]]:
        """The series that share a table."""
        kinds = (("f32", BENCH), ("f64", BENCH), ("f32", LAYERS))
        found = [
            self.group(isa, dtype, shapes)
            for isa in ("best", "avx2")
            for dtype, shapes in kinds
        ]
        return [group for group in found if group]


def load(paths: Sequence[Path]) -> Document:
    """Of at least one file; rounds of the same series follow each other."""
    return join([_read(path) for path in paths])


def _read(path: Path) -> dict:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BadDataError(f"cannot read {path}: {error}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise BadDataError(f"{path} is not a {SCHEMA} file")
    return data


def join(files: Sequence[dict]) -> Document:
    """The contents of at least one file as one document."""
    if any(file["about"] != files[0]["about"] for file in files):
        raise BadDataError("the files are of different machines or versions")
    runs = [run for file in files for run in file["runs"]]
    series: dict[tuple, Series] = {}
    for run in runs:
        for section in run["sections"]:
            key = run["isa"], section["dtype"], BY_NAME[section["shape"]]
            series.setdefault(key, Series(*key)).extend(section["candidates"])
    return Document(
        about=files[0]["about"],
        dates=sorted({file["date"] for file in files}),
        processes=max(Counter(run["isa"] for run in runs).values()),
        call_seconds=[
            value for run in runs for value in run["onnxruntime_call_seconds"]
        ],
        series=list(series.values()),
    )
