#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <ostream>
#include <string>
#include <tuple>
#include <vector>

#include "harness/sanitizer.h"
#include "tests/harness/report.h"

namespace opstat::harness {
namespace {

// The two ways to count: alloc_cases was linked with the harness, the same
// source as plain_cases was not and gets the shim.
enum Way { kLinked, kPreloaded };

std::string Command(Way way) {
  // A path with spaces cannot stand in LD_PRELOAD.
  return way == kLinked ? ALLOC_CASES
                        : "LD_LIBRARY_PATH=" OPSTAT_SHIM_FOLDER
                          " LD_PRELOAD=libopstat_preload.so " PLAIN_CASES;
}

const Report& AllCases(Way way) {
  const auto run = [](Way of) {
    return RunBenchmarks(Command(of) +
                         " --benchmark_format=json"
                         " --benchmark_min_time=0.001");
  };
  static const Report linked = run(kLinked);
  if (way == kLinked) return linked;
  static const Report preloaded = run(kPreloaded);
  return preloaded;
}

constexpr Way kWays[] = {
    kLinked,
#ifndef OPSTAT_SANITIZER
    kPreloaded,
#endif
};

struct Case {
  const char* name;
  double allocs;
  double bytes;
  double frees;
};

void PrintTo(const Case& expected, std::ostream* out) { *out << expected.name; }

void ExpectExactly(const Case& expected, const std::vector<ReportRow>& rows) {
  ASSERT_FALSE(rows.empty());
  for (const ReportRow& row : rows) {
    EXPECT_EQ(row.Number("allocs/op"), expected.allocs);
    EXPECT_EQ(row.Number("B/op"), expected.bytes);
    EXPECT_EQ(row.Number("frees/op"), expected.frees);
  }
}

class Cases : public testing::TestWithParam<std::tuple<Way, Case>> {};
class Loop : public testing::TestWithParam<Way> {};

TEST_P(Cases, CountExactly) {
  const auto& [way, expected] = GetParam();
  ExpectExactly(expected, AllCases(way).Rows(expected.name));
}

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
    {"OnThreads/threads:4", 1, 100, 1},
    {"RepeatsItself/repeats:3", 1, 100, 1},
    {"FixedIterations/iterations:1000", 1, 100, 1},
#ifndef OPSTAT_SANITIZER
    {"SpawnsIdleThread", 1, 16, 1},
    {"SpawnsThread", 2, 1016, 2},
    {"FreedByAnotherThread", 2, 116, 2},
#endif
    {"PauseAroundMegabyte", 1, 100, 1},
    {"PauseAroundThread", 1, 100, 1},
    {"ScratchBeforeLoop", 1, 100, 1},
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
std::string NameOf(Way way) { return way == kLinked ? "Linked" : "Preloaded"; }

INSTANTIATE_TEST_SUITE_P(Loop, Cases,
                         testing::Combine(testing::ValuesIn(kWays),
                                          testing::ValuesIn(kCases)),
                         [](const auto& test) {
                           std::string name = NameOf(std::get<0>(test.param)) +
                                              "_" +
                                              std::get<1>(test.param).name;
                           for (char& c : name) {
                             if (c == '/' || c == ':') c = '_';
                           }
                           return name;
                         });
INSTANTIATE_TEST_SUITE_P(Ways, Loop, testing::ValuesIn(kWays),
                         [](const auto& test) { return NameOf(test.param); });

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
  EXPECT_NEAR(*rows[0].Number("faults/op"), 1, 0.2);
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
  EXPECT_EQ(context.count("opstat.build.allocator"), 1U);
}

TEST(Facts, TellTheBuildOnlyWhereItIsTheProgramsOwn) {
  for (const char* fact :
       {"opstat.build.compiler", "opstat.build.flags", "opstat.build.stdlib"}) {
    for (const Way way : kWays) {
      EXPECT_EQ(AllCases(way).context.count(fact), way == kLinked) << fact;
    }
  }
}

}  // namespace
}  // namespace opstat::harness
