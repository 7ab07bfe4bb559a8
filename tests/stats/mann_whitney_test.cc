#include "opstat/stats/mann_whitney.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/stats/answers.h"

namespace opstat::stats {
namespace {

// Beyond every p: no normal approximation comes near it.
constexpr double kNoLimit = 1e-300;

TEST(MannWhitney, ExactAgreesWithSciPyAndEnumeration) {
  for (const auto& answer : Answers("scipy.txt", "exact")) {
    const Numbers& a = answer.at(0);
    const Numbers& b = answer.at(1);
    // With more than 30 values a side, exact only near the limit.
    const OneSidedP p = MannWhitneyOneSided(a, b, answer.at(2).at(0));
    EXPECT_NEAR(p.greater, answer.at(2).at(0), 1e-9);
    EXPECT_NEAR(p.less, answer.at(2).at(1), 1e-9);
    EXPECT_NEAR(MannWhitneyTwoSided(a, b), answer.at(3).at(0), 1e-9);
  }
}

TEST(MannWhitney, NormalAgreesWithSciPy) {
  for (const auto& answer : Answers("scipy.txt", "normal")) {
    const OneSidedP p =
        MannWhitneyOneSided(answer.at(0), answer.at(1), kNoLimit);
    EXPECT_NEAR(p.greater, answer.at(2).at(0), 1e-9);
    EXPECT_NEAR(p.less, answer.at(2).at(1), 1e-9);
  }
}

TEST(MannWhitney, PrintedPIsBenchstatsWithinOne) {
  for (const auto& answer : Answers("benchstat.txt", "utest")) {
    EXPECT_NEAR(MannWhitneyAsBenchstat(answer.at(1), answer.at(2)),
                std::min(1.0, answer.at(0).at(0)), 1e-9);
  }
}

TEST(MannWhitney, CountsTiesAsHalf) {
  const OneSidedP p =
      MannWhitneyOneSided(Numbers{1, 2}, Numbers{2, 3}, kNoLimit);
  // Of the 6 splits of 1 2 2 3, those with U >= 3.5 are {2,3} twice.
  EXPECT_NEAR(p.greater, 2.0 / 6, 1e-12);
  EXPECT_NEAR(p.less, 1, 1e-12);
}

TEST(MannWhitney, OfNothingOrOfEqualValuesIsOne) {
  const Numbers none;
  const Numbers same(7, 4.0);
  for (const auto& [a, b] : {std::pair{none, none}, std::pair{none, same},
                             std::pair{same, none}, std::pair{same, same}}) {
    EXPECT_EQ(MannWhitneyOneSided(a, b, 0.05).greater, 1);
    EXPECT_EQ(MannWhitneyOneSided(a, b, 0.05).less, 1);
    EXPECT_EQ(MannWhitneyAsBenchstat(a, b), 1);
    EXPECT_EQ(MannWhitneyTwoSided(a, b), 1);
    EXPECT_EQ(MannWhitneySize(a, b, 0.05), 0);
    EXPECT_EQ(SmallestOneSidedP(a, b).greater, 1);
  }
}

TEST(MannWhitney, OfOneAgainstOneIsAHalf) {
  const OneSidedP p = MannWhitneyOneSided(Numbers{1}, Numbers{2}, 0.05);
  EXPECT_DOUBLE_EQ(p.greater, 0.5);
  EXPECT_DOUBLE_EQ(p.less, 1);
  EXPECT_EQ(MannWhitneyAsBenchstat(Numbers{1}, Numbers{2}), 1);
}

TEST(MannWhitney, IsExactNearTheLimitBeyondThirty) {
  Numbers a;
  Numbers b;
  for (int i = 0; i < 35; ++i) {
    a.push_back(i);
    b.push_back(i + 8.5);
  }
  const OneSidedP far = MannWhitneyOneSided(a, b, kNoLimit);
  const OneSidedP near = MannWhitneyOneSided(a, b, far.greater);
  EXPECT_NE(far.greater, near.greater);
  EXPECT_DOUBLE_EQ(2 * near.greater, MannWhitneyTwoSided(a, b));
}

TEST(MannWhitney, TiesRaiseTheSmallestP) {
  EXPECT_NEAR(SmallestOneSidedP(3, 3), 0.05, 1e-12);
  const OneSidedP p =
      SmallestOneSidedP(Numbers{1, 1, 1, 1}, Numbers{1, 1, 1, 2});
  EXPECT_NEAR(p.greater, 35.0 / 70, 1e-12);
  EXPECT_NEAR(p.less, 35.0 / 70, 1e-12);
}

TEST(MannWhitney, NeedsFourSamplesForFivePercent) {
  EXPECT_EQ(SmallestSampleForTest(0.05), 4);
  EXPECT_EQ(SmallestSampleForTest(1), 1);
}

}  // namespace
}  // namespace opstat::stats
