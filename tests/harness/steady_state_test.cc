#include "harness/steady_state.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <ostream>
#include <vector>

namespace opstat::harness {
namespace {

struct Count {
  std::uint64_t iterations, allocs;
};

struct Case {
  const char* name;
  std::vector<Count> calls;
  double per_op;
  double one_time;
};

void PrintTo(const Case& expected, std::ostream* out) { *out << expected.name; }

// Every allocation is of 16 bytes here.
std::vector<BenchmarkCall> Calls(const std::vector<Count>& counts) {
  std::vector<BenchmarkCall> calls;
  for (const Count& count : counts) {
    BenchmarkCall& call = calls.emplace_back();
    call.iterations = count.iterations;
    call.totals = {count.allocs, 16 * count.allocs, count.allocs};
  }
  return calls;
}

class SteadyStateOf : public testing::TestWithParam<Case> {};

TEST_P(SteadyStateOf, TheCalls) {
  const SteadyState state = EstimateSteadyState(Calls(GetParam().calls));
  EXPECT_EQ(state.allocs_per_op, GetParam().per_op);
  EXPECT_EQ(state.frees_per_op, GetParam().per_op);
  EXPECT_EQ(state.bytes_per_op, 16 * GetParam().per_op);
  EXPECT_EQ(state.one_time_allocs, GetParam().one_time);
  EXPECT_EQ(state.one_time_bytes, 16 * GetParam().one_time);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SteadyStateOf,
    testing::Values(
        Case{"NoAllocation", {{1, 0}, {10, 0}}, 0, 0},
        Case{"OneEach", {{1, 1}, {10, 10}, {100, 100}}, 1, 0},
        Case{"WarmUpInEveryCall", {{1, 3}, {10, 3}, {100, 3}}, 0, 3},
        Case{"WarmUpInBothOfTwoCalls", {{1, 5}, {10, 23}}, 2, 3},
        Case{"WarmUpInEveryCallAndTwoEach",
             {{1, 7}, {10, 25}, {100, 205}},
             2,
             5},
        Case{"WarmUpOncePerProcess", {{1, 8}, {10, 10}, {100, 100}}, 1, 0},
        Case{"BothWarmUps", {{1, 13}, {10, 15}, {100, 105}}, 1, 5},
        Case{"SingleCall", {{1000, 1002}}, 1.002, 0},
        Case{"EveryTwoHundredth", {{1000, 5}, {10000, 50}}, 0.005, 0},
        // The slope of these two calls is 0.01; the truth is 0.005.
        Case{"SlopeIsNoInteger", {{100, 0}, {200, 1}}, 0.005, 0},
        // The slope is 2 with 5 at once, or the first call warmed up for all.
        Case{"EitherStoryFits", {{1, 7}, {5, 15}}, 3, 0},
        // Three an iteration, then two of another benchmark: slope 1, +200.
        Case{"OtherBenchmarkBefore", {{10, 30}, {100, 300}, {200, 400}}, 2, 0},
        Case{"NegativeOneTime", {{100, 100}, {200, 400}}, 2, 0},
        Case{"CountShrinks", {{100, 300}, {200, 200}}, 1, 0},
        Case{"SameIterations", {{100, 100}, {100, 100}}, 1, 0}),
    [](const auto& test) { return test.param.name; });

TEST(SteadyState, TakesBytesAsCountedWhenAllocationsShowNoWarmUp) {
  std::vector<BenchmarkCall> calls = Calls({{1, 5}, {5, 15}});
  calls[0].totals.bytes = 851968 + 276800;
  calls[1].totals.bytes = std::uint64_t{5} * 851968;
  const SteadyState state = EstimateSteadyState(calls);
  EXPECT_EQ(state.bytes_per_op, 851968);
  EXPECT_EQ(state.one_time_bytes, 0);
}

TEST(SteadyState, KeepsTheWarmUpOfAllocationsWhenSizesVary) {
  std::vector<BenchmarkCall> calls = Calls({{1, 3}, {10, 12}, {100, 102}});
  calls[2].totals.bytes = 1999;
  const SteadyState state = EstimateSteadyState(calls);
  EXPECT_EQ(state.allocs_per_op, 1);
  EXPECT_EQ(state.one_time_allocs, 2);
  EXPECT_EQ(state.bytes_per_op, 19.99);
  EXPECT_EQ(state.one_time_bytes, 0);
}

TEST(SteadyState, IsExactForTerabytes) {
  std::vector<BenchmarkCall> calls = Calls({{1000, 1000}, {1000000, 1000000}});
  calls[1].totals.bytes = 5'000'000'000'000'000;
  EXPECT_EQ(EstimateSteadyState(calls).bytes_per_op, 5'000'000'000);
}

}  // namespace
}  // namespace opstat::harness
