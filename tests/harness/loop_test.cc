#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "harness/sanitizer.h"
#include "tests/harness/report.h"

#define SHIM "libopstat_preload.so"
#define JEMALLOC "libjemalloc.so.2"
#define TCMALLOC "libtcmalloc_minimal.so.4"

namespace opstat::harness {
namespace {

// How the benchmarks of alloc_cases.cc get counted. alloc_cases was linked with
// the harness, plain_cases was not and gets the shim.
struct Way {
  const char* name;
  bool preloads;
  const char* preload;
  const char* program;
  const char* allocator = "glibc";
};

void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

std::string Command(const Way& way) {
  // By LD_LIBRARY_PATH, for a path with spaces cannot stand in LD_PRELOAD.
  return std::string("LD_LIBRARY_PATH=" OPSTAT_SHIM_FOLDER " LD_PRELOAD='") +
         way.preload + "' " + way.program;
}

constexpr Way kWays[] = {
    {"Linked", false, "", ALLOC_CASES},
#ifndef OPSTAT_SANITIZER
    {"Preloaded", true, SHIM, PLAIN_CASES},
    {"LinkedAndPreloaded", false, SHIM, ALLOC_CASES},
    {"LinkedOverJemalloc", false, JEMALLOC, ALLOC_CASES, "jemalloc"},
    {"PreloadedOverJemalloc", true, SHIM " " JEMALLOC, PLAIN_CASES, "jemalloc"},
    {"LinkedOverTcmalloc", false, TCMALLOC, ALLOC_CASES, "tcmalloc"},
    {"PreloadedOverTcmalloc", true, SHIM " " TCMALLOC, PLAIN_CASES, "tcmalloc"},
#endif
};

constexpr std::size_t kOwnAllocator =
    std::min<std::size_t>(2, std::size(kWays));

const Report& AllCases(const Way& way) {
  static std::map<std::string, Report> reports;
  const auto [found, is_new] = reports.try_emplace(way.name);
  if (is_new) {
    found->second = RunBenchmarks(
        Command(way) + " --benchmark_format=json --benchmark_min_time=0.001");
  }
  return found->second;
}

struct Case {
  const char* name;
  double allocs;
  double bytes;
  double frees;
};

void ExpectExactly(const Case& expected, const std::vector<ReportRow>& rows) {
  ASSERT_FALSE(rows.empty());
  for (const ReportRow& row : rows) {
    EXPECT_EQ(row.Number("allocs/op"), expected.allocs);
    EXPECT_EQ(row.Number("B/op"), expected.bytes);
    EXPECT_EQ(row.Number("frees/op"), expected.frees);
  }
}

class Loop : public testing::TestWithParam<Way> {};

constexpr Case kCases[] = {
    {"Empty", 0, 0, 0},
    {"Pool/Fixture", 0, 0, 0},
    {"NamedCounters", 0, 0, 0},
    {"FreeNull", 0, 0, 0},
    {"Vector1000Floats", 1, 4000, 1},
    {"PushBack100", 8, 1020, 8},
    {"Malloc", 1, 100, 1},
    {"Calloc", 1, 100, 1},
    {"FourReallocs", 4, 10000, 4},
    {"ReallocGrows", 2, 400, 2},
    {"ReallocShrinks", 2, 400, 2},
    {"Reallocarray", 1, 100, 1},
    {"PosixMemalign", 1, 100, 1},
    {"AlignedAlloc", 1, 128, 1},
    {"Memalign", 1, 100, 1},
    {"Valloc", 1, 4096, 1},
    {"Strdup", 1, 10, 1},
    {"AlignedNew", 1, 64, 1},
    {"NothrowNew", 1, 100, 1},
    {"ArrayNew", 1, 100, 1},
    {"AlignedNothrowArrayNew", 1, 100, 1},
    {"SizedDelete", 1, 100, 1},
    {"SizedArrayDelete", 1, 100, 1},
    {"SizedAlignedDelete", 1, 64, 1},
    {"SizedAlignedArrayDelete", 1, 128, 1},
    {"OnThreads/threads:4", 1, 100, 1},
    {"RepeatsItself/repeats:3", 1, 100, 1},
    {"FixedIterations/iterations:1000", 1, 100, 1},
// A sanitizer's runtime allocates for each thread, and refuses nothing.
#ifndef OPSTAT_SANITIZER
    {"SpawnsIdleThread", 1, 16, 1},
    {"SpawnsThread", 2, 1016, 2},
    {"FreedByAnotherThread", 2, 116, 2},
    {"ShortThreads/iterations:10", 50'000, 500'000, 50'000},
    {"LiveThreads/iterations:2", 40'000, 400'000, 40'000},
    {"RefusedMalloc", 0, 0, 0},
    {"RefusedCalloc", 0, 0, 0},
    {"RefusedPvalloc", 0, 0, 0},
    {"RefusedRealloc", 1, 100, 1},
    {"RefusedReallocarray", 1, 100, 1},
    {"RefusedNew", 1, 136, 1},
    {"RefusedNothrowNew", 1, 136, 1},
    {"NewHandlerIsAsked", 4, 166, 4},
#endif
    {"Forks/iterations:20", 1, 100, 1},
    {"LoadedCode", 2, 128, 2},
    {"PauseAroundMegabyte", 1, 100, 1},
    {"PauseAroundThread", 1, 100, 1},
    {"ScratchBeforeLoop", 1, 100, 1},
    {"SetsBytesBeforehand", 1, 100, 1},
    {"KeepRunning", 1, 100, 1},
    {"KeepRunningBatch", 1, 100, 1},
    {"EveryTwoHundredth/iterations:1000", 0.005, 0.5, 0.005},
    {"WarmsUpInFirstIteration", 0, 0, 0},
    {"WarmsUpInFirstIteration/threads:2", 0, 0, 0},
    {"WarmsUpInFirstIteration/repeats:3", 0, 0, 0},
    {"WarmsUpOncePerProcess", 1, 100, 1},
    {"SharedFunction/3/iterations:1000", 3, 300, 3},
    {"SharedFunction/2/iterations:2000", 2, 200, 2},
};
INSTANTIATE_TEST_SUITE_P(Ways, Loop, testing::ValuesIn(kWays),
                         [](const auto& test) { return test.param.name; });

TEST_P(Loop, CountsEveryCaseExactly) {
  for (const Case& expected : kCases) {
    SCOPED_TRACE(expected.name);
    ExpectExactly(expected, AllCases(GetParam()).Rows(expected.name));
  }
}

TEST_P(Loop, CountsTheSameInEveryRepetition) {
  const Report report =
      RunBenchmarks(Command(GetParam()) +
                    " --benchmark_format=json --benchmark_min_time=0.001"
                    " --benchmark_repetitions=3"
                    " '--benchmark_filter=^(Empty|PushBack100|OnThreads.*)$'");
  for (const Case& expected :
       {Case{"Empty", 0, 0, 0}, Case{"PushBack100", 8, 1020, 8},
        Case{"OnThreads/threads:4", 1, 100, 1}}) {
    ASSERT_EQ(report.Rows(expected.name).size(), 3U);
    ExpectExactly(expected, report.Rows(expected.name));
  }
}

TEST_P(Loop, TellsWarmUpOfACallApart) {
  for (const ReportRow& row :
       AllCases(GetParam()).Rows("WarmsUpInFirstIteration/repeats:3")) {
    EXPECT_EQ(row.Number("one-time-allocs"), 3);
    EXPECT_EQ(row.Number("one-time-B"), 300);
  }
  const auto threads =
      AllCases(GetParam()).Rows("WarmsUpInFirstIteration/threads:2");
  ASSERT_EQ(threads.size(), 1U);
  EXPECT_EQ(threads[0].Number("one-time-allocs"), 6);
  EXPECT_EQ(threads[0].Number("one-time-B"), 600);
}

TEST_P(Loop, FindsNoWarmUpWhereThereIsNone) {
  for (const char* name : {"Empty", "Vector1000Floats", "ScratchBeforeLoop"}) {
    const auto rows = AllCases(GetParam()).Rows(name);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].Number("one-time-allocs"), 0);
    EXPECT_EQ(rows[0].Number("one-time-B"), 0);
  }
}

// The library's CSV reporter aborts when rows differ in their counters.
TEST_P(Loop, GivesEveryRowTheSameCounters) {
  EXPECT_EQ(std::system((Command(GetParam()) +
                         " --benchmark_format=csv --benchmark_min_time=0.001"
                         " '--benchmark_filter=Fixed|Empty|Pause|WarmsUp'"
                         " >/dev/null 2>&1")
                            .c_str()),
            0);
}

TEST_P(Loop, ReportsNothingForAnError) {
  for (const char* name : {"SkipsInLoop", "SkipsBeforeLoop"}) {
    const auto rows = AllCases(GetParam()).Rows(name);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_TRUE(rows[0].failed);
    EXPECT_EQ(rows[0].Number("allocs/op"), std::nullopt);
    EXPECT_EQ(rows[0].Number("faults/op"), std::nullopt);
  }
}

TEST_P(Loop, CountsPageFaults) {
  const auto rows = AllCases(GetParam()).Rows("TouchesFreshPage");
  ASSERT_EQ(rows.size(), 1U);
  ASSERT_TRUE(rows[0].Number("faults/op"));
  // ThreadSanitizer's shadow of the page is fresh memory too: four pages.
#ifdef OPSTAT_THREAD_SANITIZER
  EXPECT_NEAR(*rows[0].Number("faults/op"), 5, 1);
#else
  EXPECT_NEAR(*rows[0].Number("faults/op"), 1, 0.2);
#endif
}

// A sanitizer's runtime allocates for each thread, so the difference counts.
TEST_P(Loop, CountsWhatSpawnedThreadsAllocate) {
  const auto idle = AllCases(GetParam()).Rows("SpawnsIdleThread");
  const auto busy = AllCases(GetParam()).Rows("SpawnsThread");
  ASSERT_EQ(idle.size(), 1U);
  ASSERT_EQ(busy.size(), 1U);
  const auto difference = [&](const char* counter) {
    return busy[0].Number(counter).value() - idle[0].Number(counter).value();
  };
  EXPECT_EQ(difference("allocs/op"), 1);
  EXPECT_EQ(difference("B/op"), 1000);
  EXPECT_EQ(difference("frees/op"), 1);
}

TEST_P(Loop, FindsNothingMiscounted) {
  const auto& context = AllCases(GetParam()).context;
  EXPECT_EQ(context.count("opstat.alloc"), 0U);
  EXPECT_EQ(context.at("opstat.harness"), "1");
  EXPECT_EQ(context.at("opstat.build.allocator").find(GetParam().allocator),
            0U);
}

TEST_P(Loop, TellsOfTheBuildWhereItIsTheProgramsOwn) {
  for (const char* fact :
       {"opstat.build.compiler", "opstat.build.flags", "opstat.build.stdlib"}) {
    EXPECT_EQ(AllCases(GetParam()).context.count(fact), !GetParam().preloads)
        << fact;
  }
}

class AnyProcess : public Loop {};
// Over other allocators it is the same code.
INSTANTIATE_TEST_SUITE_P(
    Ways, AnyProcess, testing::ValuesIn(std::span(kWays).first(kOwnAllocator)),
    [](const auto& test) { return test.param.name; });

TEST_P(AnyProcess, CountsTheSameAsAHundredOthers) {
  for (int process = 0; process < 100; ++process) {
    const Report report =
        RunBenchmarks(Command(GetParam()) +
                      " --benchmark_format=json --benchmark_min_time=0"
                      " '--benchmark_filter=^(PushBack100|OnThreads.*)$'");
    ExpectExactly({"PushBack100", 8, 1020, 8}, report.Rows("PushBack100"));
    ExpectExactly({"OnThreads", 1, 100, 1}, report.Rows("OnThreads/threads:4"));
  }
}

#ifndef OPSTAT_SANITIZER
TEST(SelfCheck, LeavesOutCountsThatWouldBeTooSmall) {
  const Report report = RunBenchmarks(Command({"", true, SHIM, OWN_NEW}) +
                                      " --benchmark_format=json");
  EXPECT_EQ(report.context.at("opstat.alloc"),
            "unmeasured: new is not counted exactly");
  ASSERT_EQ(report.rows.size(), 1U);
  for (const char* counter :
       {"allocs/op", "B/op", "frees/op", "one-time-allocs", "one-time-B"}) {
    EXPECT_EQ(report.rows[0].Number(counter), std::nullopt) << counter;
  }
}
#endif

}  // namespace
}  // namespace opstat::harness
