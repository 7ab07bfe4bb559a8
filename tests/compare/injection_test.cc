#include "opstat/compare/injection.h"

#include <gtest/gtest.h>

#include "opstat/compare/gate.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

benchfmt::Run Sampled(double spread = 0.005) {
  benchfmt::Run run = MakeRun("run");
  Add(run, "B", "sec/op", Noise(10, 1, spread, 1));
  Add(run, "B", "allocs/op", Values(10, 2));
  Add(run, "B", "B/op", Values(10, 64));
  return run;
}

Comparison Clean(const benchfmt::Run& run, const Policy& policy = {}) {
  return CompareRuns({run, run}, policy);
}

TEST(Injection, TurnsRedWhateverItIs) {
  const benchfmt::Run run = Sampled();
  const Comparison clean = Clean(run);
  EXPECT_EQ(clean.outcome, 0);
  for (const Injection injection : kInjections) {
    SCOPED_TRACE(Name(injection));
    EXPECT_FALSE(Targets(injection, clean).empty());
    EXPECT_NE(CompareRuns(Inject(injection, run, clean)).outcome, 0);
  }
}

TEST(Injection, OfAnAllocationGoesBeyondWhatIsAllowed) {
  const benchfmt::Run run = Sampled();
  Policy policy;
  policy.rules = {{.origin = "toml:1", .units = {"allocs/op"}}};
  policy.rules[0].threshold = Allowance{.absolute = 5};
  const Comparison clean = Clean(run, policy);
  const auto sides = Inject(Injection::kAlloc, run, clean);
  EXPECT_EQ(sides[1].Find("B")->Find("allocs/op")->values[0], 8);
  EXPECT_EQ(CompareRuns(sides, policy).outcome, 1);
}

TEST(Injection, OfTheFirstAllocationStartsFromNone) {
  const benchfmt::Run run = Sampled();
  const auto sides = Inject(Injection::kFirstAlloc, run, Clean(run));
  EXPECT_EQ(sides[0].Find("B")->Find("allocs/op")->values[0], 0);
  EXPECT_EQ(sides[1].Find("B")->Find("allocs/op")->values[0], 1);
}

TEST(Injection, ASlowdownIsTwiceTheBoundOfNoisySamples) {
  const Comparison clean = Clean(Sampled(0.2));
  const Row& row = RowOf(clean, "B", "sec/op");
  ASSERT_TRUE(row.bound);
  EXPECT_GT(*row.bound, 0.05);
  EXPECT_DOUBLE_EQ(SlowdownOf(row), 1 + 2 * *row.bound);
  EXPECT_DOUBLE_EQ(SlowdownOf(RowOf(Clean(Sampled()), "B", "sec/op")), 1.1);
}

TEST(Injection, LeavesAloneWhatIsNotGated) {
  Policy policy;
  policy.rules = {{.origin = "toml:1", .units = {"time"}}};
  policy.rules[0].role = GateRole::kReport;
  const Comparison clean = Clean(Sampled(), policy);
  EXPECT_TRUE(Targets(Injection::kSlowdown, clean).empty());
  EXPECT_EQ(Targets(Injection::kAlloc, clean).size(), 1U);
}

}  // namespace
}  // namespace opstat::compare
