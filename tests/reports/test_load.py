from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import Any

import pytest

from reports.document import Report
from reports.load import parse
from reports.node import BadDataError


def parsed(value: object, columns: Path | None = None) -> Report:
    return parse(json.dumps(value).encode(), columns)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff", b"[1]", b"null", b"[" * 100000, b'{"schema": "\xed\xa0\x80"}'],
)
def test_what_is_no_document_is_refused(data):
    with pytest.raises(BadDataError):
        parse(data)


@pytest.mark.parametrize("schema", ["opstat.report/2", "opstat.compare/1", "", 1, None])
def test_another_schema_is_refused(document, schema):
    document["schema"] = schema
    with pytest.raises(BadDataError, match=r"opstat\.report/1"):
        parsed(document)


def test_a_comparison_of_another_schema_is_refused(document):
    document["comparison"]["schema"] = "opstat.compare/2"
    with pytest.raises(BadDataError, match=r"opstat\.compare/2"):
        parsed(document)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("benchmark", None),
        ("unit", 7),
        ("baseline", []),
        ("bound", "large"),
        ("delta_percent", True),
        ("samples", {"baseline": ["1"]}),
        ("warnings", "one"),
    ],
)
def test_an_error_names_the_member(document, key, value):
    document["comparison"]["rows"][3][key] = value
    with pytest.raises(BadDataError, match=rf"comparison\.rows\[3\]\.{key}"):
        parsed(document)


def test_numbers_that_are_not_finite_are_undefined(document):
    document["comparison"]["rows"][0]["bound"] = 0.125
    text = json.dumps(document)
    for number in ("NaN", "Infinity", "-Infinity", "1e999", "9" * 400):
        report = parse(text.replace("0.125", number).encode())
        assert report.comparison.rows[0].bound is None


def test_members_of_a_later_release_are_passed_over(document):
    document["later"] = document["comparison"]["rows"][0]["later"] = {"a": 1}
    assert len(parsed(document).comparison.rows) == 8


def test_points_of_a_history_are_columns_of_numbers_or_say_where(conv):
    report = parse(json.dumps(conv).encode())
    first = report.history[0]
    assert len(first.points.medians) == len(first.points.commits) == first.count == 40
    conv = json.loads(json.dumps(conv))
    conv["history"]["series"][1]["points"][2]["median"] = "fast"
    with pytest.raises(BadDataError, match=r"series\[1\]\.points\[\]\.median\[2\]"):
        parsed(conv)


def test_undefined_medians_of_a_history_are_none(conv):
    conv = json.loads(json.dumps(conv))
    conv["history"]["series"][0]["points"][0]["median"] = None
    assert parsed(conv).history[0].points.medians[0] is None


def packed(document: Any, file: Path) -> dict[str, Any]:
    """`document` with the points of its history in `file`, as columns."""
    document = json.loads(json.dumps(document))
    history = document["history"]
    history["runs"] = history["series"][0]["points"]
    places = {run["commit"]: i for i, run in enumerate(history["runs"])}
    values: list[float] = []
    for series in history["series"]:
        points = series.pop("points")
        latest = points[-1]["time"]
        series["packed"] = {"count": 40, "latest": latest, "place": len(values)}
        values += (float(places[point["commit"]]) for point in points)
        for key in ("n", "median", "low", "high"):
            values += (math.nan if p[key] is None else p[key] for p in points)
    file.write_bytes(struct.pack(f"={len(values)}d", *values))
    return document


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "columns"


def test_columns_are_the_same_points(conv, file):
    conv = json.loads(json.dumps(conv))
    conv["history"]["series"][0]["points"][0]["low"] = None
    plain, columns = parsed(conv), parsed(packed(conv, file), file)
    assert columns == plain
    for one, other in zip(plain.history, columns.history, strict=True):
        assert other.points == one.points


@pytest.mark.parametrize(
    ("key", "value"),
    [("place", 1e6), ("place", -1), ("count", 1e6), ("count", 0), ("count", -1)],
)
def test_a_place_without_columns_is_refused(key, value, conv, file):
    document = packed(conv, file)
    document["history"]["series"][1]["packed"][key] = value
    trend = parsed(document, file).history[1]
    with pytest.raises(BadDataError, match=r"history\.series\[1\]\.packed"):
        _ = trend.points


def test_columns_that_are_missing_or_of_unknown_runs_are_refused(conv, file):
    document = packed(conv, file)
    with pytest.raises(BadDataError, match="file of columns"):
        _ = parsed(document).history[0].points
    document["history"]["runs"].pop()
    with pytest.raises(BadDataError, match="file of columns"):
        _ = parsed(document, file).history[0].points
