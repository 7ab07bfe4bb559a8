#include "opstat/stats/hodges_lehmann.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/stats/answers.h"

namespace opstat::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

void ExpectNear(double actual, double expected) {
  if (std::isinf(expected)) {
    EXPECT_EQ(actual, expected);
  } else {
    EXPECT_NEAR(actual, expected, 1e-9);
  }
}

TEST(HodgesLehmann, AgreesWithSortingAllPairs) {
  for (const auto& answer : Answers("scipy.txt", "hodges-lehmann")) {
    const auto result =
        HodgesLehmannRatio(answer.at(0), answer.at(1), answer.at(2).at(0));
    ASSERT_TRUE(result);
    const Numbers& expected = answer.at(3);
    ExpectNear(result->ratio, expected.at(0));
    ExpectNear(result->low, expected.at(1));
    ExpectNear(result->high, expected.at(2));
    ExpectNear(result->confidence, expected.at(3));
  }
}

TEST(HodgesLehmann, InvertsWhenTheSidesSwap) {
  const Numbers a{100, 101, 99, 103, 102, 98, 100.5};
  const Numbers b{104, 107, 105, 103.5, 106, 108};
  const auto forth = HodgesLehmannRatio(a, b, 0.05);
  const auto back = HodgesLehmannRatio(b, a, 0.05);
  EXPECT_NEAR(forth->ratio, 1 / back->ratio, 1e-12);
  EXPECT_NEAR(forth->low, 1 / back->high, 1e-12);
  EXPECT_NEAR(forth->high, 1 / back->low, 1e-12);
}

TEST(HodgesLehmann, TakesZeroAgainstZeroAsUnchanged) {
  const Numbers zeros(6, 0.0);
  EXPECT_EQ(HodgesLehmannRatio(zeros, zeros, 0.05)->ratio, 1);
  EXPECT_EQ(HodgesLehmannRatio(zeros, Numbers(6, 5.0), 0.05)->ratio, kInfinity);
  EXPECT_EQ(HodgesLehmannRatio(Numbers(6, 5.0), zeros, 0.05)->ratio, 0);
}

TEST(HodgesLehmann, OfEqualValuesHasNoWidth) {
  const Numbers same(6, 0.1);
  const auto result = HodgesLehmannRatio(same, same, 0.05);
  EXPECT_EQ(result->ratio, 1);
  EXPECT_EQ(result->low, 1);
  EXPECT_EQ(result->high, 1);
}

TEST(HodgesLehmann, HasNoBoundsWhereNIsTooSmall) {
  const auto result = HodgesLehmannRatio(Numbers{2}, Numbers{3}, 0.05);
  EXPECT_DOUBLE_EQ(result->ratio, 1.5);
  EXPECT_EQ(result->low, -kInfinity);
  EXPECT_EQ(result->high, kInfinity);
  EXPECT_EQ(result->confidence, 1);
}

TEST(HodgesLehmann, IsUndefinedForNothingAndForNegativeValues) {
  EXPECT_FALSE(HodgesLehmannRatio({}, Numbers{1}, 0.05));
  EXPECT_FALSE(HodgesLehmannRatio(Numbers{1}, {}, 0.05));
  EXPECT_FALSE(HodgesLehmannRatio(Numbers{1, -1}, Numbers{1}, 0.05));
}

TEST(HodgesLehmann, TakesTenThousandSamples) {
  Numbers a;
  for (int i = 1; i <= 10; ++i) a.push_back(100 + i);
  Numbers b;
  for (int i = 0; i < 10000; ++i) b.push_back(200 + i * 0.001);
  const auto result = HodgesLehmannRatio(a, b, 0.025);
  EXPECT_GT(result->ratio, result->low);
  EXPECT_LT(result->ratio, result->high);
  EXPECT_NEAR(result->ratio, 205 / 105.5, 1e-2);
  EXPECT_NEAR(result->confidence, 0.95, 1e-3);
}

}  // namespace
}  // namespace opstat::stats
