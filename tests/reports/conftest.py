from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reports.load import parse
from reports.page import Wish, render

ROOT = Path(__file__).parents[2]
FIXTURE = Path(__file__).parent / "conv.json"
SMALL = {f"Conv2D/algo:im2col/shape:{shape}/dtype:f32" for shape in ("GEMM", "Deep")}
Document = dict[str, Any]


@pytest.fixture(scope="session")
def conv() -> Document:
    return json.loads(FIXTURE.read_text())


@pytest.fixture
def document(conv: Document) -> Document:
    """The comparison of two of the convolutions, to be changed at will: a page
    that takes a tenth of a second to draw.
    """
    small = {**conv, "history": None, "noise": None}
    small["run"] = {**conv["run"], "benchmarks": []}
    rows = [row for row in conv["comparison"]["rows"] if row["benchmark"] in SMALL]
    small["comparison"] = {**conv["comparison"], "rows": rows}
    return copy.deepcopy(small)


@pytest.fixture(scope="session")
def algorithms(conv: Document) -> Document:
    """The run of `conv` alone, by several algorithms and on two shapes more."""
    found = {one["name"]: one for one in conv["run"]["benchmarks"]}
    for name, one in list(found.items()):
        found[name.replace("im2col", "direct")] = one
        if "GEMM" not in name:
            continue
        for shape in ("Pointwise", "Depthwise"):
            for algorithm in ("im2col", "direct", shape.lower()):
                other = name.replace("GEMM", shape).replace("im2col", algorithm)
                found[other] = one
    run = [one | {"name": name} for name, one in found.items()]
    return {**conv, "run": {**conv["run"], "benchmarks": run}, "comparison": None}


@pytest.fixture(scope="session")
def page_of() -> Callable[..., str]:
    """The page of a document; words after it are a Wish's."""

    def draw(document: Document, **wish: Any) -> str:
        return render(parse(json.dumps(document).encode()), Wish(**wish))

    return draw


@pytest.fixture(scope="session")
def conv_page(conv: Document, page_of: Callable[[Document], str]) -> str:
    return page_of(conv)


@pytest.fixture(scope="session")
def tree_of() -> Callable[[str], ElementTree.Element]:
    """The page as XML, its elements without namespaces."""

    def parse_page(page: str) -> ElementTree.Element:
        root = ElementTree.fromstring(page)
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        return root

    return parse_page
