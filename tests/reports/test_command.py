from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reports.conftest import FIXTURE, ROOT


def run(
    *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "reports", *arguments]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, env=env)


@pytest.fixture
def small(document, tmp_path) -> Path:
    """A document that is drawn in a moment."""
    file = tmp_path / "in.json"
    document["comparison"]["rows"] = document["comparison"]["rows"][:1]
    file.write_text(json.dumps(document))
    return file


def test_file_to_file_and_stdin_to_stdout_are_one_page(small, tmp_path):
    page = tmp_path / "report.html"
    done = run(str(small), "-o", str(page))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    piped = run("-", "-o", "-", stdin=small.read_bytes())
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout == page.read_bytes()


def test_progress_is_a_line_a_benchmark(small):
    done = run(str(small), "-o", "-", "--progress")
    line = b"progress: drawing 1 of 1  Conv2D/algo:im2col/shape:GEMM/dtype:f32\n"
    assert done.stderr == line


def test_plots_are_named_and_drawn(small, tmp_path):
    listed = run(str(small), "-o", "-", "--plot", "list", "--format", "text")
    assert listed.stdout.splitlines()[0] == b"ratio"
    drawn = run(str(small), "-o", "-", "--plot", "ratio", "--format", "png")
    assert drawn.stdout.startswith(b"\x89PNG")
    unknown = run(str(small), "-o", "-", "--plot", "x", "--format", "png")
    assert (unknown.returncode, unknown.stdout) == (5, b"")


@pytest.mark.parametrize("package", ["jinja2", "matplotlib"])
def test_a_missing_package_exits_7_and_is_named(package, small, tmp_path):
    (tmp_path / f"{package}.py").write_text(f"raise ImportError('no {package}')")
    path = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = run(str(small), "-o", str(tmp_path / "x.html"), env=path)
    assert done.returncode == 7
    assert done.stderr.decode().splitlines()[-1] == f"no {package}"
    assert not (tmp_path / "x.html").exists()


def test_a_page_of_rows_needs_no_matplotlib(document, tmp_path):
    benchmarks = [{"name": f"BM_{i}", "measurements": []} for i in range(20)]
    document |= {"comparison": None, "run": {"benchmarks": benchmarks}}
    (tmp_path / "matplotlib.py").write_text("raise ImportError('no matplotlib')")
    path = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = run("-", "-o", "-", stdin=json.dumps(document).encode(), env=path)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [[], ["in.json"], ["--what", "a", "-o", "b"]])
def test_wrong_usage_exits_2(arguments):
    assert run(*arguments).returncode == 2


def test_a_benchmark_that_is_not_there_exits_4_and_some_are_named(small, tmp_path):
    page = tmp_path / "x.html"
    done = run(str(small), "-o", str(page), "--benchmark", "conv2d")
    assert done.returncode == 4
    message, hint = done.stderr.decode().splitlines()
    assert message == "reports: no benchmark matches --benchmark conv2d"
    assert "such as: Conv2D/algo:im2col/shape:GEMM/dtype:f32" in hint
    assert not page.exists()


def test_wrong_schema_exits_5_with_a_sentence_and_a_hint(tmp_path):
    data = json.dumps({"schema": "opstat.report/9"}).encode()
    done = run("-", "-o", str(tmp_path / "x.html"), stdin=data)
    assert done.returncode == 5
    message, hint = done.stderr.decode().splitlines()
    assert message.startswith("reports: the schema is 'opstat.report/9'")
    assert hint.startswith("  hint: ")
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("target", ["absent/x.html", "."])
def test_a_page_that_cannot_be_written_exits_5(small, tmp_path, target):
    done = run(str(small), "-o", str(tmp_path / target))
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
