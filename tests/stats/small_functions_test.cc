#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "opstat/stats/autocorrelation.h"
#include "opstat/stats/binomial.h"
#include "opstat/stats/geomean.h"
#include "opstat/stats/multiple_testing.h"
#include "opstat/stats/normal.h"
#include "tests/stats/answers.h"

namespace opstat::stats {
namespace {

TEST(Normal, AgreesWithSciPy) {
  for (const auto& answer : Answers("scipy.txt", "normal-cdf")) {
    const double expected = answer.at(1).at(0);
    EXPECT_NEAR(NormalCdf(answer.at(0).at(0)) / expected, 1, 1e-9);
  }
  for (const auto& answer : Answers("scipy.txt", "normal-quantile")) {
    EXPECT_NEAR(NormalQuantile(answer.at(0).at(0)), answer.at(1).at(0), 1e-9);
  }
}

TEST(Normal, QuantilesOfZeroAndOneAreInfinite) {
  EXPECT_EQ(NormalQuantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(NormalQuantile(1), std::numeric_limits<double>::infinity());
}

TEST(Binomial, AgreesWithSciPy) {
  for (const auto& answer : Answers("scipy.txt", "binomial")) {
    const Numbers& given = answer.at(0);
    EXPECT_EQ(BinomialQuantile(int(given.at(0)), given.at(1), given.at(2)),
              int(answer.at(1).at(0)));
  }
}

TEST(Binomial, OfCertaintiesIsCertain) {
  EXPECT_EQ(BinomialQuantile(0, 0.3, 0.999), 0);
  EXPECT_EQ(BinomialQuantile(9, 0, 0.999), 0);
  EXPECT_EQ(BinomialQuantile(9, 1, 0.999), 9);
}

TEST(ClopperPearson, AgreesWithSciPy) {
  for (const auto& answer : Answers("scipy.txt", "clopper-pearson")) {
    const Numbers& given = answer.at(0);
    const auto interval =
        ClopperPearson(int(given.at(0)), int(given.at(1)), given.at(2));
    EXPECT_NEAR(interval.low, answer.at(1).at(0), 1e-9);
    EXPECT_NEAR(interval.high, answer.at(1).at(1), 1e-9);
  }
}

TEST(ClopperPearson, KnowsNothingWithoutTrials) {
  EXPECT_EQ(ClopperPearson(0, 0, 0.95).low, 0);
  EXPECT_EQ(ClopperPearson(0, 0, 0.95).high, 1);
}

void ExpectAllNear(const Numbers& actual, const Numbers& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    EXPECT_NEAR(actual[i], expected[i], 1e-9);
  }
}

TEST(MultipleTesting, AgreesWithStatsmodelsAndSciPy) {
  for (const auto& answer : Answers("scipy.txt", "adjusted")) {
    ExpectAllNear(AdjustHolm(answer.at(0)), answer.at(1));
    ExpectAllNear(AdjustBenjaminiHochberg(answer.at(0)), answer.at(2));
  }
  EXPECT_TRUE(AdjustHolm({}).empty());
  EXPECT_TRUE(AdjustBenjaminiHochberg({}).empty());
}

TEST(GeometricMean, AgreesWithSciPy) {
  for (const auto& answer : Answers("scipy.txt", "geomean")) {
    EXPECT_NEAR(GeometricMean(answer.at(0)), answer.at(1).at(0), 1e-9);
  }
}

TEST(GeometricMean, IsUndefinedForNothingAndForZero) {
  EXPECT_TRUE(std::isnan(GeometricMean({})));
  EXPECT_TRUE(std::isnan(GeometricMean(Numbers{1, 0})));
  EXPECT_TRUE(std::isnan(GeometricMean(Numbers{1, -2})));
}

TEST(Autocorrelation, AgreesWithNumPy) {
  for (const auto& answer : Answers("scipy.txt", "autocorrelation")) {
    EXPECT_NEAR(Lag1Autocorrelation(answer.at(0)), answer.at(1).at(0), 1e-9);
  }
}

TEST(Autocorrelation, OfOneValueAndOfEqualValuesIsZero) {
  EXPECT_EQ(Lag1Autocorrelation({}), 0);
  EXPECT_EQ(Lag1Autocorrelation(Numbers{1}), 0);
  EXPECT_EQ(Lag1Autocorrelation(Numbers(5, 2.5)), 0);
}

}  // namespace
}  // namespace opstat::stats
