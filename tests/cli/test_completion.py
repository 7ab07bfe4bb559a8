"""What the three shells offer after the words of a command line."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.adoption.consumer import BUILD, must

OPSTAT = BUILD / "bin/opstat"


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("completion")
    names = {"bash": "opstat", "zsh": "_opstat", "fish": "opstat.fish"}
    for shell, name in names.items():
        (folder / name).write_text(must(OPSTAT, "completion", shell))
    return folder


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A repository with a branch, a file and a folder, as the current one."""
    monkeypatch.chdir(tmp_path)
    must("git", "init", "--quiet", "--initial-branch=trunk")
    identity = ("-c", "user.name=n", "-c", "user.email=e")
    must("git", *identity, "commit", "--quiet", "--allow-empty", "-m", "m")
    (tmp_path / "old run.json").touch()
    return tmp_path


# words, what must be among the offers, what must not be
CASES = [
    (["st"], {"stat"}, {"run", "--help"}),
    (["--co"], {"--color"}, {"stat"}),
    (["run", "--al"], {"--alloc"}, {"--alpha"}),
    (["run", "--alloc", ""], {"auto", "on", "off"}, {"--alloc"}),
    (["stat", "--correction", "h"], {"holm"}, {"bh"}),
    (["stat", "--export-csv", "ol"], {"old run.json"}, {"trunk"}),
    (["stat", "ol"], {"old run.json"}, set()),
    (["compare", "tr"], {"trunk"}, {"old run.json"}),
    (["completion", ""], {"bash", "zsh", "fish"}, {"stat"}),
    (["help", "im"], {"import"}, {"list"}),
]


def bash(scripts, words):
    line = ["opstat", *words]
    script = """source "$1"; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
compopt() { :; }
_opstat; ((${#COMPREPLY[@]})) && printf '%s\\n' "${COMPREPLY[@]}" """
    out = subprocess.run(
        ["bash", "-c", script, "bash", scripts / "opstat", *line],
        capture_output=True,
        text=True,
    )
    assert out.stderr == ""
    return set(out.stdout.splitlines())


def fish(scripts, words):
    quoted = " ".join(word.replace(" ", "\\ ") for word in words)
    environment = {**os.environ, "HOME": str(scripts), "XDG_CONFIG_HOME": str(scripts)}
    out = must(
        "fish",
        "--no-config",
        "-c",
        f"source {scripts / 'opstat.fish'}; complete -C 'opstat {quoted}'",
        env=environment,
    )
    return {line.split("\t")[0].replace("\\ ", " ") for line in out.splitlines()}


@pytest.mark.parametrize(("words", "offered", "absent"), CASES)
def test_bash_offers(scripts, project, words, offered, absent):
    got = bash(scripts, words)
    assert offered <= got
    assert not absent & got


@pytest.mark.parametrize(("words", "offered", "absent"), CASES)
def test_fish_offers(scripts, project, words, offered, absent):
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    got = fish(scripts, words)
    assert offered <= got
    assert not absent & got


def test_bash_takes_a_value_behind_an_equals_sign(scripts, project):
    assert bash(scripts, ["run", "--alloc", "=", "of"]) == {"off"}
    assert bash(scripts, ["run", "--alloc", "="]) == {"auto", "on", "off"}


def test_bash_offers_programs_behind_the_dashes(scripts, project):
    (project / "my_bench").touch(mode=0o755)
    assert "my_bench" in bash(scripts, ["run", "--", "my_"])
    assert not bash(scripts, ["run", "--", "./my_bench", "--roun"])


# Presses Tab in a terminal: what zsh then prints.
ZSH = """
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1='> '; fpath=($1 \\$fpath); autoload -U compinit; compinit -u -D"
zpty -w z "zstyle ':completion:*' list-prompt ''; LISTMAX=9999; print READY"
zpty -r z before '*READY*READY*'
zpty -n -w z "opstat $2"$'\\t\\t'
sleep 1
zpty -n -w z $'\\x15print DONE\\n'
zpty -r z after '*DONE*DONE*'
print -r -- "$after"
"""


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("st", "opstat stat"),
        ("run --allo", "--alloc"),
        ("run --alloc o", "off"),
        ("compare trun", "trunk"),
        ("completion fi", "fish"),
    ],
)
def test_zsh_offers(scripts, project, line, offered):
    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    must("zsh", "-n", scripts / "_opstat")
    path = f"{OPSTAT.parent}:/usr/bin:/bin"
    environment = {**os.environ, "TERM": "dumb", "PATH": path}
    out = must("zsh", "-c", ZSH, "zsh", scripts, line, env=environment, timeout=30)
    assert offered in out
