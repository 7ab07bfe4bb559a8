"""The same counts with every linker, with LTO, and with the second compiler."""

from __future__ import annotations

import shutil

import pytest

from tests.adoption.consumer import (
    EXAMPLE,
    EXPECTED,
    ROOT,
    build,
    counts,
    must,
    report,
    write_project,
)

pytestmark = pytest.mark.nightly

LTO = "-DCMAKE_INTERPROCEDURAL_OPTIMIZATION=ON"
ADDED = f"""
add_subdirectory("{ROOT}" opstat)
add_executable(fill_bench fill_bench.cc)
target_link_libraries(fill_bench PRIVATE opstat::harness benchmark::benchmark_main)
"""


def need(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def compiler(name: str) -> str:
    need(name)
    return f"-DCMAKE_CXX_COMPILER={name}"


@pytest.mark.parametrize("lto", [[], [LTO]], ids=["plain", "lto"])
@pytest.mark.parametrize("linker", ["bfd", "gold", "lld"])
@pytest.mark.parametrize("name", ["g++", "clang++-14"])
def test_installed_counts_exactly(prefix, empty, name, linker, lto):
    need(f"ld.{linker}")
    if (name, linker, bool(lto)) == ("g++", "lld", True):
        pytest.skip("lld drops what g++ compiled for LTO, with or without opstat")
    options = [f"-DCMAKE_PREFIX_PATH={prefix}", compiler(name), *lto]
    linked = f"-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld={linker}"
    built = build(EXAMPLE, empty / "b", *options, linked)
    document = report(built / "fill_bench")
    assert counts(document) == EXPECTED
    context = document["context"]
    assert context["opstat.build.compiler"].startswith(name.split("-")[0] + " ")
    assert ("-flto" in context["opstat.build.flags"]) == bool(lto)


@pytest.mark.parametrize("name", ["g++", "clang++-14"])
@pytest.mark.parametrize(
    "flags", ["-O2 -flto", "-O1 -fsanitize=address", "-O2 -static-libstdc++"]
)
def test_added_sources_count_exactly(empty, name, flags):
    source = write_project(empty / "p", ADDED)
    built = build(source, empty / "b", compiler(name), f"-DCMAKE_CXX_FLAGS={flags}")
    document = report(built / "fill_bench")
    assert counts(document) == EXPECTED
    assert document["context"]["opstat.build.flags"] == flags


@pytest.mark.parametrize("generator", ["Unix Makefiles", "Ninja Multi-Config"])
def test_other_generators_count_exactly(prefix, empty, generator):
    options = ("-G", generator, f"-DCMAKE_PREFIX_PATH={prefix}")
    must("cmake", "-S", EXAMPLE, "-B", empty, *options)
    must("cmake", "--build", empty, "--config", "Release")
    (program,) = (found for found in empty.rglob("fill_bench") if found.is_file())
    document = report(program)
    assert counts(document) == EXPECTED
    assert document["context"]["opstat.build.flags"] == "-O3 -DNDEBUG"
