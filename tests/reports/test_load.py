from __future__ import annotations

import json

import pytest

from reports.load import BadDataError, parse


def parsed(value: object) -> object:
    return parse(json.dumps(value).encode())


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
    assert len(parsed(document).comparison.rows) == 24
