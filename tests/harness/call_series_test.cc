#include "harness/call_series.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace opstat::harness {
namespace {

const int kFunctions[2] = {};

std::vector<std::int64_t> Add(CallSeries& series, std::int64_t iterations,
                              int function = 0, int threads = 1) {
  BenchmarkCall call;
  call.function = &kFunctions[function];
  call.threads = threads;
  call.max_iterations = iterations;
  std::vector<std::int64_t> counts;
  for (const BenchmarkCall& member : series.Add(call)) {
    counts.push_back(member.max_iterations);
  }
  return counts;
}

using Counts = std::vector<std::int64_t>;

TEST(CallSeries, KeepsTheLastThreeCounts) {
  CallSeries series;
  EXPECT_EQ(Add(series, 1), Counts({1}));
  EXPECT_EQ(Add(series, 10), Counts({1, 10}));
  EXPECT_EQ(Add(series, 100), Counts({1, 10, 100}));
  EXPECT_EQ(Add(series, 1000), Counts({10, 100, 1000}));
}

TEST(CallSeries, ReplacesTheLastCallInARepetition) {
  CallSeries series;
  Add(series, 1);
  Add(series, 10);
  EXPECT_EQ(Add(series, 10), Counts({1, 10}));
}

TEST(CallSeries, BeginsAgainAtOneIteration) {
  CallSeries series;
  Add(series, 1);
  Add(series, 10);
  EXPECT_EQ(Add(series, 1), Counts({1}));
}

TEST(CallSeries, BeginsAgainWhenTheCountShrinks) {
  CallSeries series;
  Add(series, 1);
  Add(series, 100);
  EXPECT_EQ(Add(series, 10), Counts({10}));
}

TEST(CallSeries, TellsFunctionsAndThreadCountsApart) {
  CallSeries series;
  Add(series, 1);
  EXPECT_EQ(Add(series, 10, 1), Counts({10}));
  Add(series, 1);
  EXPECT_EQ(Add(series, 10, 0, 2), Counts({10}));
}

TEST(CallSeries, DoesNotJoinFixedIterationCounts) {
  CallSeries series;
  EXPECT_EQ(Add(series, 1000), Counts({1000}));
  EXPECT_EQ(Add(series, 2000), Counts({2000}));
}

}  // namespace
}  // namespace opstat::harness
