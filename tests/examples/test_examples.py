"""Each example is built and run as its page says, and comes out as it says."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.adoption.consumer import BUILD, EXPECTED, ROOT, counts, must, run
from tests.docs.commands import commands

IDENTITY = (
    *("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"),
    *("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"),
)
# Of the gated example, whose point is that its change does not pass.
FAILS = {"opstat gate main HEAD": 1}


@pytest.fixture(scope="module")
def prefix(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    must("cmake", "--install", BUILD, "--prefix", folder)
    return folder


@pytest.fixture
def environment(prefix, tmp_path) -> dict[str, str]:
    """Short measurements, a home of its own, opstat as it is installed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OPSTAT_")}
    return {
        **kept,
        "PATH": f"{prefix / 'bin'}:/usr/bin:/bin",
        "CMAKE_PREFIX_PATH": str(prefix),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "OPSTAT_MIN_TIME": "0.001",
        "OPSTAT_ROUNDS": "2",
        **dict.fromkeys(IDENTITY, "e@example.org"),
    }


@pytest.fixture
def follow(tmp_path, environment):
    """Follows the page of an example in a copy of it; gives the folder and what each
    command printed."""

    def page(name: str) -> tuple[Path, dict[str, str]]:
        folder = tmp_path / name
        shutil.copytree(ROOT / "examples" / name, folder)
        printed = {}
        for command in commands(ROOT / "examples" / name / "README.md"):
            done = run("bash", "-c", command.text, cwd=folder, env=environment)
            said = f"{command}\n{done.stdout}\n{done.stderr}"
            assert done.returncode == FAILS.get(command.text, 0), said
            printed[command.text] = done.stdout
        return folder, printed

    return page


def test_an_untouched_project_is_counted(follow):
    folder, printed = follow("preload")
    assert counts(json.loads((folder / "words.json").read_text())) == {
        "Split/words:copies": (8.0, 401.0),
        "Split/words:views": (3.0, 112.0),
    }
    (blamed,) = (text for command, text in printed.items() if "blame" in command)
    assert "words_bench.cc:" in blamed
    assert "opstat" not in (folder / "CMakeLists.txt").read_text().split("\n", 1)[1]


def test_a_linked_project_counts_by_itself(follow):
    folder, _ = follow("linked")
    assert counts(json.loads((folder / "now.json").read_text())) == EXPECTED


def test_a_gated_project_refuses_the_change_and_names_the_line(follow):
    folder, printed = follow("gated")
    lines = (folder / "sum.cc").read_text().splitlines()
    allocating = 1 + lines.index("      fields.emplace_back();")
    assert f"sum.cc:{allocating}" in printed["opstat gate main HEAD"]
