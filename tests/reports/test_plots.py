from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from reports.load import parse
from reports.node import BadDataError
from reports.plots import named, picture


@pytest.fixture(scope="module")
def report(conv):
    return parse(json.dumps(conv).encode())


def test_every_plot_has_a_name(report):
    names = list(named(report))
    assert names[:3] == ["ratio", "B/op", "allocs/op"]
    assert {"scratch faults/op", "alarms", "noise"} <= set(names)
    benchmark = "Conv2D/algo:im2col/shape:GEMM/dtype:f32"
    assert f"samples {benchmark}" in names
    assert f"history {benchmark} cpu-sec/op" in names


@pytest.mark.parametrize("name", ["ratio", "scratch B/op", "noise"])
def test_an_svg_stands_alone(name, report):
    data = picture(report, name, "svg")
    assert data == picture(report, name, "svg")
    root = ElementTree.fromstring(data)
    assert float(root.get("width").removesuffix("pt")) in (420, 860)
    text = data.decode()
    assert "var(--" not in text and "#0102" not in text
    assert "<text" not in text  # its letters are shapes: no font is needed


def test_a_png_has_two_pixels_for_one(report):
    data = picture(report, "ratio", "png")
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 2 * 860
    assert data == picture(report, "ratio", "png")


def test_an_unknown_name_says_where_the_names_are(report):
    with pytest.raises(BadDataError) as error:
        picture(report, "nothing", "svg")
    assert error.value.hint == "opstat report --plot list"
