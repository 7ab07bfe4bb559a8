#include "opstat/stats/change_point.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "opstat/stats/energy_split.h"
#include "opstat/stats/serial_correlation.h"
#include "opstat/stats/u_distribution.h"
#include "opstat/stats/u_tail.h"
#include "tests/error_rates/random.h"

namespace opstat::stats {
namespace {

using Values = std::vector<double>;

// Normal noise of 1% around each level.
Values Levels(const std::vector<std::pair<std::size_t, double>>& levels) {
  error_rates::Random random(11);
  Values values;
  for (const auto& [count, level] : levels)
    for (std::size_t i = 0; i < count; ++i)
      values.push_back(level * (1 + 0.01 * random.Normal()));
  return values;
}

std::vector<std::size_t> Indexes(const Values& values) {
  std::vector<std::size_t> indexes;
  for (const ChangePoint& point : FindChangePoints(values))
    indexes.push_back(point.index);
  return indexes;
}

using Places = std::vector<std::size_t>;

TEST(UTail, IsTheExactTestsSmallerTail) {
  for (const auto& [n1, n2] : {std::pair{5, 5}, {3, 47}, {20, 12}, {30, 30}}) {
    const auto exact = UDistribution::Of(n1, n2);
    for (int two_u = 0; two_u <= n1 * n2; two_u += 2)
      EXPECT_NEAR(UTail(n1, n2, two_u) / exact->AtMost(two_u), 1, 1e-9);
  }
}

TEST(UTail, IsOneArrangementWhereThePartsAreApart) {
  EXPECT_NEAR(UTail(45, 5, 0) * 2118760, 1, 1e-9);
  EXPECT_NEAR(UTail(5, 45, 0) * 2118760, 1, 1e-9);
}

TEST(UTail, IsNormalBeyondThirtyAndThirty) {
  // scipy.stats.norm.cdf((670 + .5 - 1250) / (2500 * 101 / 12) ** .5)
  EXPECT_NEAR(UTail(50, 50, 1340), 3.235141141853022e-05, 1e-14);
}

TEST(EnergySplit, IsWhereTheLevelsMeet) {
  const Split split = EnergySplit(Values{1, 2, 1, 2, 8, 9, 8, 9}, 2);
  EXPECT_EQ(split.at, 4u);
  EXPECT_EQ(split.end, 8u);
  EXPECT_EQ(EnergySplit(Values{1, 2, 3}, 2).at, 3u) << "too short for two";
}

TEST(EnergySplit, SeesAnEpisodeThatEndsBeforeTheEnd) {
  Values values(30, 1.);
  for (std::size_t i = 10; i < 20; ++i) values[i] = 2;
  const Split split = EnergySplit(values, 5);
  EXPECT_EQ(split.at, 10u);
  EXPECT_EQ(split.end, 20u);
}

TEST(DoubledRanks, AreMidranks) {
  EXPECT_EQ(DoubledRanks(Values{5, 1, 5, 9}), (Values{5, 2, 5, 8}));
}

TEST(SerialCorrelation, IsThatOfAnAutoregression) {
  error_rates::Random random(3);
  Values values;
  double state = 0;
  for (int i = 0; i < 20000; ++i) {
    values.push_back(100 + state);
    state = 0.5 * state + random.Normal();
  }
  EXPECT_NEAR(SerialCorrelation(values), 0.5, 0.05);
}

TEST(SerialCorrelation, IsHardlyMovedBySteps) {
  EXPECT_LT(SerialCorrelation(Levels({{100, 1}, {100, 2}, {100, 1}})), 0.2);
  EXPECT_EQ(SerialCorrelation(Values(50, 1.)), 0);
}

TEST(VarianceInflation, OfLongLevelsIsOnePlusRhoOverOneMinusRho) {
  EXPECT_NEAR(VarianceInflation(0.5, 1e6, 1e6), 3, 1e-4);
  EXPECT_EQ(VarianceInflation(0, 5, 50), 1);
  // n = 2: 1 + rho.
  EXPECT_NEAR(VarianceInflation(0.5, 2, 2), 1.5, 1e-12);
}

TEST(ChangePoints, AreWhereTheLevelChanges) {
  EXPECT_EQ(Indexes(Levels({{40, 1}, {40, 1.05}, {40, 0.97}})),
            (Places{40, 80}));
}

// The second part of a window has two levels there, and its median neither.
TEST(ChangePoints, SeeAnEpisode) {
  EXPECT_EQ(Indexes(Levels({{25, 1.1}, {17, 1.2}, {40, 1}})), (Places{25, 42}));
}

TEST(ChangePoints, OfALongSeriesAreFoundAcrossWindows) {
  EXPECT_EQ(Indexes(Levels({{300, 1}, {300, 1.1}, {17, 1.2}, {300, 1}})),
            (Places{300, 600, 617}));
}

TEST(ChangePoints, HaveTheMediansOfTheLevelsBesideThem) {
  const auto points = FindChangePoints(Levels({{40, 1}, {40, 1.05}}));
  ASSERT_EQ(points.size(), 1u);
  EXPECT_NEAR(points[0].before, 1, 0.005);
  EXPECT_NEAR(points[0].after, 1.05, 0.005);
  EXPECT_TRUE(points[0].firm);
  EXPECT_LT(points[0].p, 1e-6);
}

TEST(ChangePoints, AreProvisionalWithinTheLastFive) {
  EXPECT_EQ(Indexes(Levels({{60, 1}, {1, 1.08}})), Places{});
  for (std::size_t newer = 3; newer <= 7; ++newer) {
    const auto points = FindChangePoints(Levels({{60, 1}, {newer, 1.08}}));
    ASSERT_EQ(points.size(), 1u) << newer;
    EXPECT_EQ(points[0].index, 60u);
    EXPECT_EQ(points[0].firm, newer > 5) << newer;
  }
}

TEST(ChangePoints, AreNotMadeByOutliers) {
  Values values = Levels({{100, 1}});
  for (const std::size_t at : {20u, 21u, 50u, 77u, 98u, 99u}) values[at] = 9;
  EXPECT_EQ(Indexes(values), Places{});
}

TEST(ChangePoints, SmallerThanTheFloorAreNone) {
  Values values;
  for (int i = 0; i < 80; ++i)
    values.push_back((i < 40 ? 1 : 1.009) + 1e-6 * (i * 7 % 13));
  EXPECT_EQ(Indexes(values), Places{});
  EXPECT_EQ(FindChangePoints(values, {.least_change = 0.005}).size(), 1u);
}

TEST(ChangePoints, OfShortEqualOrStrangeSeriesAreNone) {
  EXPECT_EQ(Indexes({}), Places{});
  EXPECT_EQ(Indexes({1}), Places{});
  EXPECT_EQ(Indexes({1, 1, 1, 1, 1, 2, 2, 2, 2}), Places{});
  EXPECT_EQ(Indexes(Values(200, 0.)), Places{});
  EXPECT_EQ(Indexes(Values(200, 1e308)), Places{});
  Values signs;
  for (int i = 0; i < 200; ++i) signs.push_back(i % 2 == 0 ? -1e-300 : 1e-300);
  EXPECT_EQ(Indexes(signs), Places{});
}

TEST(ChangePoints, OfADozenValuesTakeAGapAsWideAsTheLevels) {
  EXPECT_EQ(Indexes({10, 10.1, 9.9, 10.1, 10, 10, 5.1, 5, 5, 5.1, 5}),
            Places{6});
  EXPECT_EQ(Indexes({10, 12, 9, 11, 10, 10, 8, 7, 8, 7, 8}), Places{});
}

TEST(ChangePoints, AreTheSameInAnyUnit) {
  Values values = Levels({{40, 1}, {40, 1.05}});
  const auto places = Indexes(values);
  for (double& value : values) value *= 1e-9;
  EXPECT_EQ(Indexes(values), places);
}

}  // namespace
}  // namespace opstat::stats
