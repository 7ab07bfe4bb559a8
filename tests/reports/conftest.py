from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reports.load import parse
from reports.page import render

FIXTURE = Path(__file__).parent / "conv.json"
Document = dict[str, Any]


@pytest.fixture(scope="session")
def conv() -> Document:
    return json.loads(FIXTURE.read_text())


@pytest.fixture
def document(conv: Document) -> Document:
    """The comparison of the six convolutions, to be changed at will."""
    return copy.deepcopy(conv)


@pytest.fixture(scope="session")
def page_of() -> Callable[[Document], str]:
    return lambda document: render(parse(json.dumps(document).encode()))


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
