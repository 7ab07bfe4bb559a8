"""The action on a generated project: red with a seeded regression, else green."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET

import pytest

from tests.github_action.steps import load, run

BUILD = "g++ -O2 -g bench.cc -lbenchmark_main -lbenchmark -lpthread -o {build}/bench"
QUICK = "--quick --rounds 2 --min-time 0.01 --cannot-tell=pass"

BENCH = """
#include <benchmark/benchmark.h>
#include <string>
static void Join(benchmark::State& state) {
  for (auto _ : state) {
    std::string text(100, 'x');
    benchmark::DoNotOptimize(text.data());
MORE
  }
}
BENCHMARK(Join);
"""

MORE = """    std::string copy = text;
    benchmark::DoNotOptimize(copy.data());"""


def git(folder, *words: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(("git", *identity, *words), cwd=folder, check=True)


def commit(folder, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "change")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "-qb", "main")
    commit(folder, {"bench.cc": BENCH.replace("MORE", ""), ".gitignore": ".opstat\n"})
    return folder


def gate(project, tmp_path, **inputs: str):
    options = {"build": BUILD, "program": "{build}/bench", "args": QUICK} | inputs
    return run(project, tmp_path, **options)


def test_a_seeded_regression_is_red(project, tmp_path):
    commit(project, {"bench.cc": BENCH.replace("MORE", MORE)})
    outcome = gate(project, tmp_path)
    assert outcome.code == 1, outcome.log
    assert "exit-code=1" in outcome.outputs
    assert "::error " in outcome.log
    assert "file=bench.cc,line=" in outcome.log, outcome.log
    assert "opstat gate failed" in outcome.summary
    suite = ET.parse(project / "opstat-gate.xml").getroot()
    assert int(suite.get("failures")) >= 2
    assert (project / "opstat-gate.md").read_text() == outcome.summary


def test_an_equal_change_is_green(project, tmp_path):
    commit(project, {"README": "more words\n"})
    outcome = gate(project, tmp_path)
    assert outcome.code == 0, outcome.log
    assert "::error" not in outcome.log
    assert "opstat gate passed" in outcome.summary


def test_a_change_cannot_raise_its_own_limit(project, tmp_path):
    policy = '[[rule]]\nunit = ["B/op", "allocs/op"]\nthreshold = "+900%"\n'
    commit(
        project,
        {"bench.cc": BENCH.replace("MORE", MORE), "opstat.toml": policy},
    )
    outcome = gate(project, tmp_path)
    assert outcome.code == 1, outcome.log
    assert "has no opstat.toml" in outcome.log
    commit(project, {"README": "the base has the policy now\n"})
    assert gate(project, tmp_path).code == 0


def test_a_first_commit_is_no_baseline(project, tmp_path):
    assert gate(project, tmp_path).code == 2
    outcome = gate(project, tmp_path, allow_no_baseline="true")
    assert outcome.code == 0, outcome.log
    assert "no baseline" in outcome.log


def test_steps_take_no_expression_into_a_script():
    """What a pull request can choose reaches a script as a variable."""
    for step in load()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
