"""What cannot be counted is refused with a sentence, before anything is measured."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.adoption.consumer import EXAMPLE, ROOT, compile_by_hand, configure, must

FAKE_CONFIG = """
add_library(benchmark::benchmark SHARED IMPORTED)
set_target_properties(benchmark::benchmark PROPERTIES
  IMPORTED_LOCATION "${CMAKE_CURRENT_LIST_DIR}/libbenchmark.so"
  INTERFACE_INCLUDE_DIRECTORIES /usr/include)
set(benchmark_VERSION %s)
"""
NO_HOOKS = (
    "libbenchmark.so does not have StartKeepRunning, FinishKeepRunning, PauseTiming "
    "and ResumeTiming of benchmark::State as functions of their own"
)


@pytest.fixture
def fake_benchmark(empty) -> Path:
    """A Google Benchmark of the right version that lacks what the harness wraps."""
    folder = empty / "fake"
    folder.mkdir()
    (folder / "fake.cc").write_text("int nothing;\n")
    library = folder / "libbenchmark.so"
    must("g++", "-shared", "-fPIC", folder / "fake.cc", "-o", library)
    (folder / "benchmarkConfig.cmake").write_text(FAKE_CONFIG % "1.7.1")
    return folder


def told(output: str) -> str:
    """What CMake printed, in one line: it wraps messages."""
    return re.sub(r"\s+", " ", output)


@pytest.mark.parametrize("source", [EXAMPLE, ROOT], ids=["installed", "sources"])
def test_a_library_without_the_hooks_is_refused(prefix, empty, fake_benchmark, source):
    options = (f"-Dbenchmark_DIR={fake_benchmark}", f"-DCMAKE_PREFIX_PATH={prefix}")
    done = configure(source, empty / "b", "-DOPSTAT_TESTS=OFF", *options)
    assert done.returncode != 0
    assert NO_HOOKS in told(done.stderr)
    assert "apt-get install libbenchmark-dev" in told(done.stderr)


def test_the_library_is_asked_again_once_it_was_replaced(prefix, empty, fake_benchmark):
    options = (f"-Dbenchmark_DIR={fake_benchmark}", f"-DCMAKE_PREFIX_PATH={prefix}")
    assert configure(EXAMPLE, empty / "b", *options).returncode != 0
    library = fake_benchmark / "libbenchmark.so"
    real = must("g++", "-print-file-name=libbenchmark.so").strip()
    shutil.copy(real, library)
    with (fake_benchmark / "benchmarkConfig.cmake").open("a") as config:
        config.write("add_library(benchmark::benchmark_main INTERFACE IMPORTED)\n")
    done = configure(EXAMPLE, empty / "b", *options)
    assert done.returncode == 0, done.stderr


def test_another_version_than_the_harness_was_built_for_is_refused(
    prefix, empty, fake_benchmark
):
    (fake_benchmark / "benchmarkConfig.cmake").write_text(FAKE_CONFIG % "1.9.5")
    options = (f"-Dbenchmark_DIR={fake_benchmark}", f"-DCMAKE_PREFIX_PATH={prefix}")
    done = configure(EXAMPLE, empty / "b", *options)
    assert done.returncode != 0
    assert "was built for Google Benchmark 1.7.1, and 1.9.5 was found" in told(
        done.stderr
    )


def test_a_sanitizer_that_the_harness_lacks_is_a_link_error(prefix, empty):
    done = compile_by_hand(prefix, empty / "bench", "-fsanitize=address")
    assert done.returncode != 0
    assert "HarnessWasBuiltFor<opstat::harness::AddressSanitizer" in done.stderr


def test_another_layout_of_state_is_a_link_error(prefix, empty):
    text = Path("/usr/include/benchmark/benchmark.h").read_text()
    header = empty / "benchmark/benchmark.h"
    header.parent.mkdir()
    counters = "  UserCounters counters;"
    assert counters in text
    header.write_text(text.replace(counters, f"  double more;\n{counters}"))
    done = compile_by_hand(prefix, empty / "bench", f"-I{empty}")
    assert done.returncode != 0
    assert "HarnessWasBuiltFor<opstat::harness::NoSanitizer" in done.stderr
