#include <gtest/gtest.h>

#include <filesystem>

#include "opstat/cli/settings.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

// Runs `opstat init` in a folder with its own cache.
class Init : public testing::Test {
 protected:
  Init() : before(fs::current_path()) {
    fs::create_directory(folder / "project");
    fs::create_directory(folder / "project/.git");  // git's search ends here
    fs::current_path(folder / "project");
    setenv("XDG_CACHE_HOME", (folder / "cache").c_str(), 1);
  }
  ~Init() override { fs::current_path(before); }

  TemporaryFolder folder;
  fs::path before;
};

TEST_F(Init, FindsTheBenchmarksOfACMakeProject) {
  folder.Write("project/main.cc", "int main() {}\n");
  folder.Write("project/CMakeLists.txt",
               "cmake_minimum_required(VERSION 3.25)\n"
               "project(p LANGUAGES CXX)\nfind_package(benchmark REQUIRED)\n"
               "add_executable(tool main.cc)\n"
               "add_executable(sort_bench main.cc)\n"
               "target_link_libraries(sort_bench benchmark::benchmark)\n");
  const Outcome outcome = Opstat({"init"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("sort_bench is chosen, of 1 program linking"),
            std::string::npos)
      << outcome.err;
  const std::string toml = ReadFile("opstat.toml");
  EXPECT_NE(toml.find("\nbuild = \"cmake -S {source} -B {build} "
                      "-DCMAKE_BUILD_TYPE=Release && cmake --build {build} "
                      "--parallel $(nproc) --target sort_bench\"\n"
                      "program = \"{build}/sort_bench\"\n"),
            std::string::npos)
      << toml;
  EXPECT_EQ(fs::exists("build"), false);
}

TEST_F(Init, WritesAnEmptyFrameWhereThereIsNoCMake) {
  EXPECT_EQ(Opstat({"init"}).code, 0);
  EXPECT_NE(ReadFile("opstat.toml").find("# program = "), std::string::npos);
}

TEST_F(Init, NeverOverwrites) {
  folder.Write("project/opstat.toml", "mine");
  const Outcome outcome = Opstat({"init"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(ReadFile("opstat.toml"), "mine");
}

TEST_F(Init, ShowsTheLogOfAProjectThatDoesNotConfigure) {
  folder.Write("project/CMakeLists.txt", "message(FATAL_ERROR \"no luck\")\n");
  const Outcome outcome = Opstat({"init"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_NE(outcome.err.find("no luck"), std::string::npos) << outcome.err;
  EXPECT_FALSE(fs::exists("opstat.toml"));
}

}  // namespace
}  // namespace opstat::cli
