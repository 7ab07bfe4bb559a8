#include "opstat/stats/detectable.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "opstat/stats/mann_whitney.h"

namespace opstat::stats {
namespace {

// scipy.stats.iqr(x, scale="normal") / numpy.median(x)
TEST(RobustVariation, AgreesWithScipy) {
  EXPECT_NEAR(RobustVariation(std::vector<double>{1, 2, 3, 4, 100}),
              0.4942007395018673, 1e-12);
  EXPECT_NEAR(RobustVariation(std::vector<double>{10, 11, 12, 14}),
              0.11280669053846971, 1e-12);
}

TEST(RobustVariation, IsUndefinedWithoutTwoValuesOrAtZero) {
  EXPECT_TRUE(std::isnan(RobustVariation({})));
  EXPECT_TRUE(std::isnan(RobustVariation(std::vector<double>{1})));
  EXPECT_TRUE(std::isnan(RobustVariation(std::vector<double>{0, 0})));
}

TEST(DetectableChange, IsAbsentWhereNoSampleReachesAlpha) {
  // 1 / C(8, 4) is .014.
  EXPECT_FALSE(DetectableChange(0.01, 4, 0.01, 0.8));
  EXPECT_TRUE(DetectableChange(0.01, 4, 0.02, 0.8));
}

TEST(DetectableChange, IsProportionalToTheNoise) {
  EXPECT_NEAR(*DetectableChange(0.02, 12, 0.01, 0.8),
              2 * *DetectableChange(0.01, 12, 0.01, 0.8), 1e-15);
  EXPECT_EQ(*DetectableChange(0, 12, 0.01, 0.8), 0);
}

// Of 1,000 comparisons the share that finds the change is within .05 of the
// power: four of its standard errors.
TEST(DetectableChange, IsFoundWithThePowerAskedFor) {
  std::mt19937_64 random(20261126);
  constexpr double kCv = 0.01, kAlpha = 0.01, kPower = 0.8;
  for (const int n : {12, 30}) {
    const double change = *DetectableChange(kCv, n, kAlpha, kPower);
    std::normal_distribution<double> noise(1, kCv);
    int found = 0;
    for (int trial = 0; trial < 1000; ++trial) {
      std::vector<double> base, head;
      for (int i = 0; i < n; ++i) {
        base.push_back(noise(random));
        head.push_back(noise(random) + change);
      }
      found +=
          MannWhitneyOneSided(base, head, kAlpha).greater <= kAlpha ? 1 : 0;
    }
    EXPECT_NEAR(found / 1000.0, kPower, 0.05) << n;
  }
}

}  // namespace
}  // namespace opstat::stats
