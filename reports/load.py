"""Reads and validates an `opstat.report/1` document."""

from __future__ import annotations

import json
import math
import os
import re
import struct
from collections.abc import Callable
from pathlib import Path

from reports.document import (
    AlarmRate,
    Benchmark,
    BenchmarkNoise,
    Center,
    ChangePoint,
    Curve,
    Measurement,
    Noise,
    Points,
    Report,
    Run,
    Trend,
)
from reports.load_comparison import comparison
from reports.node import BadDataError, Node, check_schema

SCHEMA = "opstat.report/1"
HISTORY_SCHEMA = "opstat.history/1"
Texts = tuple[str, ...]
# How many points there are, the time of the latest, and what reads them.
Unread = tuple[int, str, Callable[[], Points]]
_COMMIT_URL = re.compile(r"https://[A-Za-z0-9._~/-]+/")


def parse(data: bytes, columns: Path | None = None) -> Report:
    """The report in `data`, UTF-8 JSON, some of whose numbers are in the file
    `columns`, float64 in this machine's order. Raises BadDataError.
    """
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise BadDataError(
            f"the input is not JSON: {error}",
            "write it with: opstat export --format report",
        ) from error
    root = Node(value, "")
    check_schema(root.text("schema"), SCHEMA)
    url = root.text("commit_url")
    return Report(
        tool=root.text("tool"),
        run=root.child("run", _run) or Run(),
        comparison=root.child("comparison", comparison),
        history=root.child("history", lambda node: _history(node, columns)) or (),
        noise=root.child("noise", _noise),
        commit_url=url if _COMMIT_URL.fullmatch(url) else "",
    )


def _run(node: Node) -> Run:
    return Run(
        node.text("id"),
        node.text("time"),
        node.text("label"),
        node.text_map("facts"),
        node.children("benchmarks", _benchmark),
        node.texts("warnings"),
    )


def _benchmark(node: Node) -> Benchmark:
    return Benchmark(
        node.required_text("name"),
        node.children("measurements", _measurement),
        node.text("decided_by"),
    )


def _measurement(node: Node) -> Measurement:
    numbers = (node.number(key) for key in ("median", "low", "high"))
    center = Center(node.integer("n"), *numbers, 0.95)
    return Measurement(node.required_text("unit"), node.numbers("values"), center)


def _history(node: Node, columns: Path | None) -> tuple[Trend, ...]:
    check_schema(node.text("schema"), HISTORY_SCHEMA)
    runs = tuple(node.text_column("runs", key) for key in ("time", "commit"))
    return node.children("series", lambda series: _trend(series, runs, columns))


def _trend(node: Node, runs: tuple[Texts, ...], columns: Path | None) -> Trend:
    packed = node.child("packed", lambda found: _packed(found, runs, columns))
    count, latest, read = packed or _plain(_points(node))
    return Trend(
        benchmark=node.required_text("benchmark"),
        unit=node.required_text("unit"),
        better=node.text("better") or "lower",
        host=node.text("host"),
        branch=node.text("branch"),
        count=count,
        latest=latest,
        curve=node.child("curve", _curve),
        changes=node.children("change_points", _change_point),
        read=read,
    )


def _curve(node: Node) -> Curve:
    ends = (node.number(key) for key in ("low", "high"))
    return Curve(node.text("path"), node.integer("runs"), *ends)


def _plain(points: Points) -> Unread:
    return len(points.times), "".join(points.times[-1:]), lambda: points


def _points(node: Node) -> Points:
    return Points(
        node.text_column("points", "time"),
        node.text_column("points", "commit"),
        tuple(int(n or 0) for n in node.column("points", "n")),
        *(node.column("points", key) for key in ("median", "low", "high")),
    )


def _packed(node: Node, runs: tuple[Texts, ...], columns: Path | None) -> Unread:
    count = node.integer("count")
    return count, node.text("latest"), lambda: _unpacked(node, count, runs, columns)


def _unpacked(
    node: Node, count: int, runs: tuple[Texts, ...], columns: Path | None
) -> Points:
    try:
        values = _numbers_at(node.integer("place"), 5 * count, columns)
        places, sizes, *numbers = (
            values[i : i + count] for i in range(0, 5 * count, count)
        )
        times, commits = (tuple(column[int(p)] for p in places) for column in runs)
    except (OSError, ValueError, IndexError, struct.error):
        node.refuse("in the file of columns")
    return Points(
        times,
        commits,
        tuple(map(int, sizes)),
        *(tuple(v if math.isfinite(v) else None for v in column) for column in numbers),
    )


def _numbers_at(place: int, count: int, columns: Path | None) -> tuple[float, ...]:
    with (columns or Path(os.devnull)).open("rb") as file:
        file.seek(8 * place)
        return struct.unpack(f"={count}d", file.read(8 * count))


def _change_point(node: Node) -> ChangePoint:
    return ChangePoint(
        index=node.integer("index"),
        commit=node.text("commit"),
        before=node.number("before"),
        after=node.number("after"),
        delta_percent=node.number("delta_percent"),
        firm=node.flag("firm"),
        accepted=node.child("accepted", lambda why: why.text("reason") or "accepted")
        or "",
    )


def _noise(node: Node) -> Noise:
    return Noise(
        host=node.text("host"),
        comparisons=node.child("comparisons", _rate) or AlarmRate(0, 0, None, None),
        rows=node.child("rows", _rate) or AlarmRate(0, 0, None, None),
        confidence=node.number("confidence"),
        alpha=node.number("alpha"),
        power=node.number("power"),
        benchmarks=node.children("benchmarks", _benchmark_noise),
    )


def _rate(node: Node) -> AlarmRate:
    counts = (node.integer(key) for key in ("of", "alarms"))
    return AlarmRate(*counts, node.number("low"), node.number("high"))


def _benchmark_noise(node: Node) -> BenchmarkNoise:
    tau = node.child("tau", lambda tau: (tau.number("value"), tau.text("origin")))
    return BenchmarkNoise(
        benchmark=node.required_text("benchmark"),
        unit=node.required_text("unit"),
        n=node.integer("n"),
        cv=node.number("cv"),
        detectable=node.number("detectable"),
        tau=tau[0] if tau else None,
        tau_origin=tau[1] if tau else "",
        effects=node.numbers("effects"),
    )
