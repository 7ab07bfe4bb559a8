"""Each way to take opstat in counts the same, in a project from an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adoption.consumer import (
    EXAMPLE,
    EXPECTED,
    ROOT,
    build,
    compile_by_hand,
    counts,
    must,
    report,
    write_project,
)

LINK = """
add_executable(fill_bench fill_bench.cc)
target_link_libraries(fill_bench PRIVATE opstat::harness benchmark::benchmark_main)
"""
ADD = f'add_subdirectory("{ROOT}" opstat)\n'
FETCH = """
find_package(benchmark REQUIRED)
include(FetchContent)
FetchContent_Declare(opstat GIT_REPOSITORY https://opstat.invalid/opstat.git)
FetchContent_MakeAvailable(opstat)
"""


@pytest.fixture(scope="module")
def example(prefix, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("door") / "the example"
    return build(EXAMPLE, folder, f"-DCMAKE_PREFIX_PATH={prefix}")


def test_find_package_counts_exactly(example):
    assert counts(report(example / "fill_bench")) == EXPECTED


def test_the_report_says_how_the_benchmark_was_built(example):
    context = report(example / "fill_bench")["context"]
    assert context["opstat.build.flags"] == "-O3 -DNDEBUG"
    assert context["opstat.build.compiler"].startswith(("g++ ", "clang++ "))
    assert context["opstat.build.stdlib"].startswith("libstdc++ ")


def test_ctest_knows_the_benchmark_and_keeps_its_samples(example):
    listed = must("ctest", "-N", "-L", "benchmark", cwd=example)
    assert "Total Tests: 1" in listed
    must("ctest", "-L", "benchmark", cwd=example)
    kept = must("cat", example / "fill_bench.json")
    assert all(name in kept for name in EXPECTED)


def test_the_main_macro_is_kept(prefix, empty):
    cmake = f"find_package(opstat REQUIRED)\n{LINK}".replace("mark_main", "mark")
    source = write_project(empty / "p", cmake)
    bench = (EXAMPLE / "fill_bench.cc").read_text() + "BENCHMARK_MAIN();\n"
    (source / "fill_bench.cc").unlink()
    (source / "fill_bench.cc").write_text(bench)
    built = build(source, empty / "b", f"-DCMAKE_PREFIX_PATH={prefix}")
    assert counts(report(built / "fill_bench")) == EXPECTED


@pytest.mark.parametrize(
    "lines", [ADD, FETCH], ids=["add_subdirectory", "FetchContent"]
)
def test_sources_added_to_the_build_count_exactly(empty, lines):
    # The consumer's own flags, set after opstat was read.
    flags = r'set(CMAKE_CXX_FLAGS "-O1 -Werror -DTEXT=\\\"a,b\\\"")'
    source = write_project(empty / "p", f"{lines}{LINK}{flags}\n")
    built = build(source, empty / "b", f"-DFETCHCONTENT_SOURCE_DIR_OPSTAT={ROOT}")
    document = report(built / "fill_bench")
    assert counts(document) == EXPECTED
    assert document["context"]["opstat.build.flags"] == '-O1 -Werror -DTEXT="a,b"'
    # Nothing of ours goes where the consumer installs.
    must("cmake", "--install", built, "--prefix", empty / "installed")
    assert not (empty / "installed").exists()


@pytest.mark.parametrize("facts", [True, False], ids=["with facts", "without"])
def test_pkg_config_counts_exactly(prefix, empty, facts):
    options = ("-O2", "-Wall", "-Werror")
    done = compile_by_hand(prefix, empty / "fill_bench", *options, facts=facts)
    assert done.returncode == 0, done.stderr
    document = report(empty / "fill_bench")
    assert counts(document) == EXPECTED
    assert ("opstat.build.compiler" in document["context"]) == facts
