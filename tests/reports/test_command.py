from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIXTURE = Path(__file__).parent / "conv.json"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "reports", *arguments]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True)


def test_file_to_file(tmp_path, conv_page):
    page = tmp_path / "report.html"
    done = run(str(FIXTURE), "-o", str(page))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert page.read_text() == conv_page


def test_stdin_to_stdout(conv_page):
    done = run("-", "-o", "-", stdin=FIXTURE.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == conv_page


@pytest.mark.parametrize("arguments", [[], ["in.json"], ["--what", "a", "-o", "b"]])
def test_wrong_usage_exits_2(arguments):
    assert run(*arguments).returncode == 2


def test_wrong_schema_exits_5_with_a_sentence_and_a_hint(tmp_path):
    data = json.dumps({"schema": "opstat.report/9"}).encode()
    done = run("-", "-o", str(tmp_path / "x.html"), stdin=data)
    assert done.returncode == 5
    message, hint = done.stderr.decode().splitlines()
    assert message.startswith("reports: the schema is 'opstat.report/9'")
    assert hint.startswith("  hint: ")
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("target", ["absent/x.html", "."])
def test_a_page_that_cannot_be_written_exits_5(tmp_path, target):
    done = run(str(FIXTURE), "-o", str(tmp_path / target))
    assert done.returncode == 5
    assert b"cannot write" in done.stderr


def test_an_input_that_cannot_be_read_exits_5(tmp_path):
    done = run(str(tmp_path / "absent.json"), "-o", "-")
    assert done.returncode == 5
    assert b"cannot read" in done.stderr


def test_the_fixture_is_what_its_script_makes():
    script = Path(__file__).parent / "make_fixture.py"
    made = subprocess.run([sys.executable, script], capture_output=True, check=True)
    assert json.loads(made.stdout) == json.loads(FIXTURE.read_text())
