#include "opstat/compare/self_check.h"

#include <gtest/gtest.h>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

// `count` benchmarks, unchanged but for a factor on the outer samples of each
// block of four: the first and the last.
Comparison CompareMany(int count, double outer_factor) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  unsigned seed = 1;
  for (benchfmt::Run& run : runs) {
    for (int i = 0; i < count; ++i) {
      Values values = Noise(12, 1, 0.01, seed++);
      for (std::size_t k = 0; k < values.size(); ++k) {
        if (k % 4 == 0 || k % 4 == 3) values[k] *= outer_factor;
      }
      Add(run, "B" + std::to_string(i), "sec/op", values);
    }
  }
  return CompareRuns(runs);
}

TEST(SelfCheck, IsSilentOnPureNoise) {
  const Comparison comparison = CompareMany(20, 1);
  EXPECT_EQ(comparison.self_check.tests, 40);
  EXPECT_FALSE(comparison.self_check.Fires());
  EXPECT_EQ(comparison.outcome, 0);
}

TEST(SelfCheck, FiresOnAPlantedEffectOfPosition) {
  const Comparison comparison = CompareMany(20, 1.05);
  EXPECT_GT(comparison.self_check.fired, 30);
  EXPECT_TRUE(comparison.self_check.Fires());
  EXPECT_EQ(comparison.outcome, 3);
  ASSERT_EQ(comparison.warnings.size(), 1u);
  EXPECT_TRUE(comparison.warnings[0].starts_with("self-check fired"));
}

TEST(SelfCheck, LimitIsTheBinomialQuantileAtTheExactSize) {
  // Halves of 6 and 6: P(two-sided p <= .05) = 38 / 924, and
  // scipy.stats.binom.ppf(.999, 40, 38 / 924) = 7.
  EXPECT_EQ(CompareMany(20, 1).self_check.limit, 7);
}

TEST(SelfCheck, TestsASharedBaselineOnce) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b"), MakeRun("c")};
  for (benchfmt::Run& run : runs) {
    Add(run, "B", "sec/op", Noise(12, 1, 0.01, 5));
    Add(run, "B", "allocs/op", Values(12, 3.0));
  }
  EXPECT_EQ(CompareRuns(runs).self_check.tests, 3);
}

TEST(SelfCheck, OfNothingIsSilent) {
  const SelfCheck check = CheckHalves({});
  EXPECT_EQ(check.tests, 0);
  EXPECT_FALSE(check.Fires());
}

}  // namespace
}  // namespace opstat::compare
