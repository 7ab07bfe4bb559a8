"""Every shell command in the documents does what it is there for: it runs."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.adoption.consumer import BUILD, EXAMPLE, build, must, run
from tests.docs.commands import ROOT, commands, documents, examples
from tests.docs.exceptions import NOT_RUN, exit_code, why_not

PROJECT = Path(__file__).parent / "project"
PROGRAMS = (
    *("my_bench", "old_bench", "new_bench", "bench", "untouched"),
    *("old/my_bench", "new/my_bench"),
)
PAGES = [page for page in documents() if page not in examples()]
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)


@pytest.fixture(scope="session")
def environment(tmp_path_factory) -> dict[str, str]:
    """A short measurement is a measurement too."""
    home = tmp_path_factory.mktemp("home")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OPSTAT_")}
    return {
        **kept,
        "PATH": f"{BUILD / 'bin'}:/usr/bin:/bin",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "OPSTAT_MIN_TIME": "0.001",
        "OPSTAT_ROUNDS": "2",
        "OPSTAT_PYTHON": str(ROOT / "build/venv/bin/python"),
    }


@pytest.fixture(scope="session")
def prefix(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    must("cmake", "--install", BUILD, "--prefix", folder)
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, environment, prefix) -> Path:
    """What the documents take for granted: a repository with a benchmark on two
    branches, its programs under the names that are used, result files, a history."""
    folder = tmp_path_factory.mktemp("documents") / "project"
    (folder / "examples").mkdir(parents=True)
    environment["CMAKE_PREFIX_PATH"] = str(prefix)
    (library,) = prefix.rglob("opstat.pc")
    environment["PKG_CONFIG_PATH"] = str(library.parent)

    for file in PROJECT.iterdir():
        shutil.copy(file, folder)
    shutil.copytree(EXAMPLE, folder / "examples/linked")

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=n", "-c", "user.email=e@example.org")
        must("git", *identity, *arguments, cwd=folder, env=environment)

    git("init", "--quiet", "--initial-branch=main")
    (folder / ".gitignore").write_text("/build/\n/.opstat/\n*_bench\n*.json\n*.md\n")
    git("add", ".")
    git("commit", "--quiet", "-m", "The benchmark")
    git("checkout", "--quiet", "-b", "topic")
    git("commit", "--quiet", "--allow-empty", "-m", "A change")

    git("tag", "v1.2")
    git("update-ref", "refs/remotes/origin/main", "main")
    program = build(folder, folder / "build") / "my_bench"
    for name in PROGRAMS:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(program, folder / name)
    shutil.copy(EXAMPLE / "fill_bench.cc", folder)
    (folder / "build/release").symlink_to(BUILD)
    results = folder / "results.json"
    must(program, f"--benchmark_out={results}", "--benchmark_min_time=0.001")
    opstat = BUILD / "bin/opstat"
    for name in ("old.json", "new.json", "conv.json"):
        measured = ("run", "--record", "--out", name, "--", "./my_bench")
        must(opstat, *measured, cwd=folder, env=environment)
    must(opstat, "tag", "baseline", cwd=folder, env=environment)
    return folder


@pytest.mark.parametrize("document", PAGES, ids=lambda page: page.name)
def test_its_commands_run(document, prepared, environment):
    for command in commands(document):
        if why_not(command) == "target":
            assert targets(command.text) <= set(TARGETS), command
        elif why_not(command) is None:
            done = run("bash", "-c", command.text, cwd=prepared, env=environment)
            assert done.returncode == exit_code(command), f"{command}\n{done.stderr}"


def targets(text: str) -> set[str]:
    """Of `make a b X=1  # comment` and `make a && sudo b`."""
    words = text.split("#")[0].split("&&")[0].split()[1:]
    return {word for word in words if "=" not in word}


def test_what_is_not_run_is_there():
    """An exception for a command that is gone would hide the next one."""
    reasons = {why_not(command) for page in documents() for command in commands(page)}
    assert set(NOT_RUN.values()) <= reasons
