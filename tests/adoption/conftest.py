from __future__ import annotations

from pathlib import Path

import pytest

from tests.adoption.consumer import BUILD, must


@pytest.fixture(scope="session")
def prefix(tmp_path_factory) -> Path:
    """Where opstat is installed. The space is there on purpose, here and below."""
    folder = tmp_path_factory.mktemp("opstat") / "an installed opstat"
    must("cmake", "--install", BUILD, "--prefix", folder)
    return folder


@pytest.fixture
def empty(tmp_path) -> Path:
    """An empty folder for a consumer."""
    folder = tmp_path / "a consumer"
    folder.mkdir()
    return folder
