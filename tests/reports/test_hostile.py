from __future__ import annotations

import re
from typing import Any

import pytest

from tests.reports.hostile import NAMES


def renamed(document: dict[str, Any], name: str) -> dict[str, Any]:
    """`document` with `name` wherever a stranger's text can stand."""
    comparison = document["comparison"]
    for row in comparison["rows"]:
        row["benchmark"] = f"{name}/{row['benchmark']}"
        row["rule"], row["warnings"] = name, [name]
        row["verdict"] = "undecided"
        row["tau"]["origin"] = name
    comparison["baseline"]["label"] = comparison["contenders"][0]["label"] = name
    comparison["warnings"] = [name]
    document["run"]["facts"] |= {"host.cpu": name, name: name}
    document["run"]["label"] = document["tool"] = name
    return document


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_hostile_names_are_text_only(name, document, page_of, tree_of):
    page = page_of(renamed(document, name))
    page.encode()
    tree = tree_of(page)
    elements = {e.tag for e in tree.iter()}
    assert not elements & {"script", "img"}
    assert not any(key.startswith("on") for e in tree.iter() for key in e.attrib)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\u200f\u2028\u202a-\u202e\u2066-\u2069]", page
    )
    assert "{#" not in page.partition("</style>")[2]


@pytest.mark.parametrize("kind", ["dollars", "template", "svg"])
def test_printable_hostile_names_are_shown_as_they_are(
    kind, document, page_of, tree_of
):
    tree = tree_of(page_of(renamed(document, NAMES[kind])))
    captions = {"".join(c.itertext()) for c in tree.iter("caption")}
    assert any(caption.startswith(f"{NAMES[kind]}/Conv2D") for caption in captions)


def test_dollars_in_a_plot_are_dollars(document, page_of, tree_of):
    for row in document["comparison"]["rows"]:
        row["benchmark"] = row["key"]["dtype"] + "/$\\sum_{1}$"
    tree = tree_of(page_of(document))
    assert any(t.text and "$\\sum_{1}$" in t.text for t in tree.iter("text"))
