// Which way allocations of a program are counted, on real programs.
#include "opstat/measure/counting.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "opstat/measure/session.h"

namespace opstat::measure {
namespace {

namespace fs = std::filesystem;
using How = Counting::How;

struct SessionResult {
  benchfmt::Run run;
  std::vector<std::string> failures;
};

SessionResult MeasureShortly(const std::vector<std::string>& argv,
                             const std::string& filter,
                             AllocMode alloc = AllocMode::kAuto,
                             const Environment& environment = {}) {
  SessionOptions options;
  options.sides = {{.label = "",
                    .source = {},
                    .build = {},
                    .argv = argv,
                    .environment = environment}};
  options.time_limit = 60;
  options.filter = filter;
  options.min_time = 0.001;
  options.pin = false;
  options.alloc = alloc;
  Session session(options, [](const Progress&) {});
  session.Measure({.rounds = 2});
  benchfmt::Run run = session.Runs().front();
  // How quiet this machine is has no part in it.
  std::erase_if(run.warnings, [](const std::string& warning) {
    return warning.starts_with("noisy machine");
  });
  return {run, session.failures()};
}

void ExpectCounts(const SessionResult& result, double allocs, double bytes) {
  ASSERT_EQ(result.failures, std::vector<std::string>());
  ASSERT_EQ(result.run.benchmarks.size(), 1U);
  const benchfmt::Benchmark& benchmark = result.run.benchmarks[0];
  EXPECT_EQ(benchmark.Find("allocs/op")->values, std::vector(2, allocs));
  EXPECT_EQ(benchmark.Find("B/op")->values, std::vector(2, bytes));
}

void ExpectUnmeasured(const SessionResult& result, const std::string& why) {
  ASSERT_EQ(result.run.benchmarks.size(), 1U);
  for (const char* unit : {"allocs/op", "B/op"})
    for (const double value : result.run.benchmarks[0].Find(unit)->values)
      EXPECT_TRUE(std::isnan(value)) << unit;
  ASSERT_EQ(result.run.warnings.size(), 1U);
  EXPECT_NE(result.run.warnings[0].find(why), std::string::npos)
      << result.run.warnings[0];
}

TEST(Counting, AnUntouchedProgramIsCountedExactly) {
  const SessionResult result = MeasureShortly({PLAIN_CASES}, "^PushBack100$");
  ExpectCounts(result, 8, 1020);
  EXPECT_EQ(result.run.warnings, std::vector<std::string>());
}

TEST(Counting, AWrapperMayStartTheProgram) {
  ExpectCounts(MeasureShortly({"sh", "-c", "true; \"$0\" \"$@\"", PLAIN_CASES},
                              "^PushBack100$"),
               8, 1020);
}

TEST(Counting, ALinkedProgramIsLeftAlone) {
  const Counting counting = FindOutCounting({.argv = {ALLOC_CASES}});
  EXPECT_EQ(counting.how, How::kInLoop);
  EXPECT_TRUE(counting.program.environment.empty());
}

TEST(Counting, AnotherAllocatorMayBePreloadedToo) {
  const SessionResult result =
      MeasureShortly({PLAIN_CASES}, "^PushBack100$", AllocMode::kAuto,
                     {{"LD_PRELOAD", "libjemalloc.so.2"}});
  ExpectCounts(result, 8, 1020);
  EXPECT_EQ(result.run.Fact("build.allocator"), "jemalloc");
}

TEST(Counting, OffLeavesAnUntouchedProgramUncounted) {
  const SessionResult result =
      MeasureShortly({PLAIN_CASES}, "^PushBack100$", AllocMode::kOff);
  EXPECT_EQ(result.run.benchmarks[0].Find("allocs/op"), nullptr);
  EXPECT_EQ(result.run.warnings, std::vector<std::string>());
}

TEST(Counting, PeakOfLiveBytesIsOneShortPass) {
  const SessionResult result = MeasureShortly({PLAIN_CASES}, "^FourReallocs$");
  const auto& peak = result.run.benchmarks[0].Find("peak-B")->values;
  // A block of 4000 bytes, as large as glibc makes it.
  EXPECT_EQ(peak[0], 4008);
  EXPECT_TRUE(std::isnan(peak[1]));
}

TEST(Counting, ALibraryInTheProgramIsCountedByDifference) {
  const SessionResult result = MeasureShortly({FAKE_LIBRARY}, "");
  ExpectCounts(result, 3, 100);
  ASSERT_EQ(result.run.warnings.size(), 1U);
  EXPECT_NE(result.run.warnings[0].find("include paused regions"),
            std::string::npos);
  EXPECT_FALSE(result.run.Fact("alloc.method").empty());
}

TEST(Counting, AnOldLibraryInTheProgramIsUnmeasured) {
  ExpectUnmeasured(MeasureShortly({FAKE_LIBRARY, "old"}, ""),
                   "cannot fix the iterations");
}

TEST(Counting, AStaticExecutableIsUnmeasuredAndOnFails) {
  ExpectUnmeasured(MeasureShortly({STATIC_FAKE_LIBRARY}, ""),
                   "a static executable");
  const SessionResult on =
      MeasureShortly({STATIC_FAKE_LIBRARY}, "", AllocMode::kOn);
  ASSERT_EQ(on.failures.size(), 1U);
  EXPECT_NE(on.failures[0].find("not counted"), std::string::npos);
}

TEST(Counting, AnUnknownLibraryIsRefusedByName) {
  const fs::path folder = fs::path(testing::TempDir()) /
                          ("opstat-library-" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::copy_file(LIBBENCHMARK, folder / "libbenchmark.so.9.9.9",
                fs::copy_options::overwrite_existing);
  fs::create_symlink("libbenchmark.so.9.9.9", folder / LIBBENCHMARK_SONAME);
  ExpectUnmeasured(
      MeasureShortly({PLAIN_CASES}, "^PushBack100$", AllocMode::kAuto,
                     {{"LD_LIBRARY_PATH", folder}}),
      "libbenchmark.so.1debian, another libbenchmark");
  fs::remove_all(folder);
}

TEST(Counting, WhatTheBenchmarkDoesToOurCountersIsUndoneAndSaid) {
  for (const char* program : {PLAIN_CASES, ALLOC_CASES}) {
    const SessionResult own = MeasureShortly({program}, "^SetsBytesOfItsOwn$");
    ExpectCounts(own, 1, 100);
    ASSERT_EQ(own.run.warnings.size(), 1U);
    EXPECT_NE(own.run.warnings[0].find("sets a counter B/op of its own"),
              std::string::npos);
    const SessionResult before =
        MeasureShortly({program}, "^SetsBytesBeforehand$");
    ExpectCounts(before, 1, 100);
    ASSERT_EQ(before.run.warnings.size(), 1U);
    EXPECT_NE(before.run.warnings[0].find("B/op of its own before its loop"),
              std::string::npos);
    const SessionResult erased = MeasureShortly({program}, "^ErasesCounters$");
    ExpectCounts(erased, 1, 100);
    EXPECT_EQ(erased.run.warnings.size(), 2U);
    EXPECT_EQ(erased.run.benchmarks[0].Find("mine")->values,
              (std::vector<double>{1, 1}));
  }
}

// As installed: the shim lies where bin/opstat finds it, whatever the prefix.
TEST(Counting, AnInstalledOpstatFindsTheShimInAFolderWithSpaces) {
  const fs::path prefix = fs::path(testing::TempDir()) /
                          ("opstat prefix " + std::to_string(getpid()));
  fs::create_directories(prefix / "bin");
  fs::create_directories(prefix / "lib");
  fs::copy_file(OPSTAT_PROGRAM, prefix / "bin/opstat");
  fs::copy_file(OPSTAT_SHIM, prefix / "lib/libopstat_preload.so");
  const ChildResult result = RunChild(
      {.argv = {prefix / "bin/opstat", "run", "--rounds=2", "--min-time=0.001",
                "--alloc=on", "--filter=^PushBack100$", "--", PLAIN_CASES}});
  EXPECT_TRUE(result.Succeeded()) << result.err;
  EXPECT_NE(result.out.find("1020.0 exact"), std::string::npos) << result.out;
  fs::remove_all(prefix);
}

}  // namespace
}  // namespace opstat::measure
