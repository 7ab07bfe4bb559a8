"""Reads and validates an `opstat.report/1` document."""

from __future__ import annotations

import json
import re

from reports.document import (
    AlarmRate,
    Benchmark,
    BenchmarkNoise,
    Center,
    ChangePoint,
    Measurement,
    Noise,
    Report,
    Run,
    Trend,
)
from reports.load_comparison import comparison
from reports.node import BadDataError, Node, check_schema

SCHEMA = "opstat.report/1"
HISTORY_SCHEMA = "opstat.history/1"
_COMMIT_URL = re.compile(r"https://[A-Za-z0-9._~/-]+/")


def parse(data: bytes) -> Report:
    """The report in `data`, UTF-8 JSON. Raises BadDataError."""
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
        history=root.child("history", _history) or (),
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


def _history(node: Node) -> tuple[Trend, ...]:
    check_schema(node.text("schema"), HISTORY_SCHEMA)
    return node.children("series", _trend)


def _trend(node: Node) -> Trend:
    return Trend(
        benchmark=node.required_text("benchmark"),
        unit=node.required_text("unit"),
        better=node.text("better") or "lower",
        host=node.text("host"),
        branch=node.text("branch"),
        times=node.text_column("points", "time"),
        commits=node.text_column("points", "commit"),
        sizes=tuple(int(n or 0) for n in node.column("points", "n")),
        medians=node.column("points", "median"),
        lows=node.column("points", "low"),
        highs=node.column("points", "high"),
        changes=node.children("change_points", _change_point),
    )


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
