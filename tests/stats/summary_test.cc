#include "opstat/stats/summary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "tests/stats/answers.h"

namespace opstat::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Summary, ChoosesTheOrderStatisticsThatBenchstatChooses) {
  for (const auto& answer : Answers("benchstat.txt", "order")) {
    const Numbers& a = answer.at(0);
    const double n = a.at(0);
    Numbers values(static_cast<std::size_t>(n));
    std::iota(values.begin(), values.end(), 1.0);  // the k-th smallest is k
    const Summary summary = Summarize(values, a.at(1));
    SCOPED_TRACE(testing::Message() << "n " << n << " level " << a.at(1));
    EXPECT_EQ(summary.low, a.at(2) < 1 ? -kInfinity : a.at(2));
    EXPECT_EQ(summary.high, a.at(3) > n ? kInfinity : a.at(3));
    EXPECT_NEAR(summary.confidence, a.at(4), 1e-9);
    EXPECT_DOUBLE_EQ(summary.center, (n + 1) / 2);
  }
}

TEST(Summary, OfTenValuesIsTheSecondToTheNinth) {
  const Numbers values{10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
  const Summary summary = Summarize(values);
  EXPECT_EQ(summary.n, 10);
  EXPECT_EQ(summary.center, 5.5);
  EXPECT_EQ(summary.low, 2);
  EXPECT_EQ(summary.high, 9);
  EXPECT_DOUBLE_EQ(summary.confidence, 0.978515625);
}

TEST(Summary, OfOneValueHasNoBounds) {
  const Summary summary = Summarize(Numbers{3});
  EXPECT_EQ(summary.center, 3);
  EXPECT_EQ(summary.low, -kInfinity);
  EXPECT_EQ(summary.high, kInfinity);
  EXPECT_EQ(summary.confidence, 1);
}

TEST(Summary, OfNothingHasNoCenter) {
  const Summary summary = Summarize({});
  EXPECT_EQ(summary.n, 0);
  EXPECT_TRUE(std::isnan(summary.center));
  EXPECT_EQ(summary.low, -kInfinity);
  EXPECT_EQ(summary.high, kInfinity);
}

TEST(Summary, OfEqualValuesHasNoWidth) {
  const Summary summary = Summarize(Numbers(6, 100.0));
  EXPECT_EQ(summary.low, 100);
  EXPECT_EQ(summary.high, 100);
  EXPECT_DOUBLE_EQ(summary.confidence, 0.96875);
}

TEST(Summary, NeedsSixSamplesForTwoBoundsAt95Percent) {
  EXPECT_EQ(SmallestSampleForInterval(0.95), 6);
  EXPECT_EQ(SmallestSampleForInterval(0.99), 8);
  EXPECT_EQ(SmallestSampleForInterval(1 - 1e-16), 0);
}

}  // namespace
}  // namespace opstat::stats
