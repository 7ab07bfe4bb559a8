"""The manual pages as man reads them, and where `cmake --install` puts them."""

from __future__ import annotations

import re

import pytest

from tests.adoption.consumer import BUILD, must, run

PAGES = sorted((BUILD / "manual/man1").glob("*.1"))


def test_each_command_has_a_page():
    listed = re.findall(r"^  ([a-z]+) ", must(BUILD / "bin/opstat", "help"), re.M)
    commands = [word for word in listed if word != "opstat"]
    names = [f"opstat-{command}.1" for command in commands]
    assert sorted(["opstat.1", *names]) == [page.name for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_mandoc_finds_nothing_wrong(page):
    # Undated on purpose: two builds of one source are the same bytes.
    done = run("mandoc", "-T", "lint", "-W", "warning", page)
    lines = done.stdout.splitlines()
    assert not [line for line in lines if "missing date" not in line]


def test_a_page_shows_options_with_dashes_that_can_be_copied():
    text = must("mandoc", "-T", "utf8", BUILD / "manual/man1/opstat-run.1")
    text = re.sub(".\b", "", text)
    assert "--min-time S" in text
    assert "EXIT STATUS" in text


def test_installed_where_man_and_shells_look(tmp_path):
    must("cmake", "--install", BUILD, "--prefix", tmp_path, "--component", "opstat")
    for file in (
        "share/man/man1/opstat.1",
        "share/man/man1/opstat-compare.1",
        "share/bash-completion/completions/opstat",
        "share/zsh/site-functions/_opstat",
        "share/fish/vendor_completions.d/opstat.fish",
    ):
        assert (tmp_path / file).stat().st_size > 100, file
