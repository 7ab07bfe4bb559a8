"""opstat_add_benchmark() fails where Google Benchmark itself calls it a success."""

from __future__ import annotations

from tests.adoption.consumer import build, must, run, write_project

PROJECT = """
enable_testing()
find_package(opstat REQUIRED)
add_executable(good fill_bench.cc)
add_executable(broken broken.cc)
foreach(bench good broken)
  target_link_libraries(${bench} PRIVATE opstat::harness benchmark::benchmark_main)
endforeach()
opstat_add_benchmark(good --benchmark_filter=nothing)
opstat_add_benchmark(broken)
"""
BROKEN = """
#include <benchmark/benchmark.h>
static void Broken(benchmark::State& state) {
  state.SkipWithError("no data");
  for (auto _ : state) {}
}
BENCHMARK(Broken);
"""


def test_an_error_and_an_empty_selection_fail(prefix, empty):
    source = write_project(empty / "p", PROJECT)
    (source / "broken.cc").write_text(BROKEN)
    built = build(source, empty / "b", f"-DCMAKE_PREFIX_PATH={prefix}")
    must(built / "good", "--benchmark_filter=nothing")
    must(built / "broken")
    done = run("ctest", "-L", "benchmark", cwd=built)
    assert done.returncode != 0
    assert "0% tests passed, 2 tests failed out of 2" in done.stdout
