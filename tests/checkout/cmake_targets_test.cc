#include "opstat/checkout/cmake_targets.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"
#include "opstat/measure/child.h"
#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

TEST(CMakeTargets, AreTheProgramsThatLinkGoogleBenchmark) {
  const Sandbox sandbox;
  WriteFile(sandbox / "source/main.cc", "int main() {}\n");
  WriteFile(sandbox / "source/CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.25)\nproject(p LANGUAGES CXX)\n"
            "find_package(benchmark REQUIRED)\n"
            "add_executable(tool main.cc)\n"
            "add_library(my_benchmark STATIC main.cc)\n"
            "add_executable(other main.cc)\n"
            "target_link_libraries(other my_benchmark)\n"
            "add_executable(sort_bench main.cc)\n"
            "target_link_libraries(sort_bench benchmark::benchmark)\n"
            "add_executable(map_bench main.cc)\n"
            "target_link_libraries(map_bench benchmark::benchmark_main)\n"
            "set_target_properties(map_bench PROPERTIES\n"
            "  RUNTIME_OUTPUT_DIRECTORY bin)\n");
  AskForTargets(sandbox / "build");
  const auto configured = measure::RunChild(
      {.argv = {"cmake", "-S", sandbox / "source", "-B", sandbox / "build"}});
  ASSERT_TRUE(configured.Succeeded()) << configured.err;
  EXPECT_EQ(BenchmarkPrograms(sandbox / "build"),
            (std::vector<BenchmarkProgram>{{"map_bench", "bin/map_bench"},
                                           {"sort_bench", "sort_bench"}}));
}

TEST(CMakeTargets, OfAFolderThatCMakeNeverSawAreNone) {
  const Sandbox sandbox;
  EXPECT_TRUE(BenchmarkPrograms(sandbox / "nothing").empty());
}

TEST(CMakeTargets, InAHalfWrittenAnswerAreAnError) {
  const Sandbox sandbox;
  WriteFile(sandbox / ".cmake/api/v1/reply/target-x.json", "{\"type\":");
  EXPECT_THROW(BenchmarkPrograms(sandbox / ""), Error);
}

}  // namespace
}  // namespace opstat::checkout
