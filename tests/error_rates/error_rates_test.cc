#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "opstat/stats/binomial.h"
#include "tests/error_rates/report.h"

namespace opstat::error_rates {
namespace {

struct Moments {
  double mean = 0, deviation = 0, lag1 = 0;
};

Moments MomentsOf(const NoiseModel& noise) {
  constexpr int kSeries = 20000;
  constexpr int kSamples = 20;
  Random random(5);
  std::vector<double> x;
  for (int i = 0; i < kSeries; ++i) {
    for (const double value : noise.draw(random, kSamples)) x.push_back(value);
  }
  Moments moments;
  for (const double value : x) moments.mean += value / double(x.size());
  double squares = 0;
  double products = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double deviation = x[i] - moments.mean;
    squares += deviation * deviation / double(x.size());
    if (i % kSamples == 0) continue;
    products += deviation * (x[i - 1] - moments.mean) /
                double(kSeries * (kSamples - 1));
  }
  moments.deviation = std::sqrt(squares);
  moments.lag1 = products / squares;
  return moments;
}

TEST(Noise, HasTheMomentsThatNumPyGives) {
  std::ifstream file(OPSTAT_TESTDATA "/error_rates/noise.txt");
  for (const NoiseModel& noise : NoiseModels()) {
    std::string name;
    std::string mean;
    std::string deviation;
    std::string lag1;
    std::getline(file, name, '|');
    std::getline(file, mean, '|');
    std::getline(file, deviation, '|');
    std::getline(file, lag1);
    ASSERT_EQ(noise.name, name);
    const Moments moments = MomentsOf(noise);
    EXPECT_NEAR(moments.mean, std::stod(mean), 1e-3) << name;
    EXPECT_NEAR(moments.deviation / std::stod(deviation), 1, 0.02) << name;
    EXPECT_NEAR(moments.lag1, std::stod(lag1), 0.02) << name;
  }
}

// `make error-rates` in small: what a defect of the decision would move.
TEST(ErrorRates, AreThoseOfTheDocuments) {
  constexpr int kSuites = 150;
  constexpr double kSure = 0.9999;
  Settings settings;
  settings.suites = kSuites;
  settings.rounds = {10};
  const std::vector<Cell> cells = MeasureCells(settings, [](const Cell&) {});
  ASSERT_EQ(cells.size(), 8u);
  const int false_alarms = stats::BinomialQuantile(kSuites, 0.01, kSure);
  const int fires = stats::BinomialQuantile(kSuites, 0.001, kSure);
  for (const Cell& cell : cells) {
    SCOPED_TRACE(cell.noise.name);
    EXPECT_LE(cell.same.regression.hits, false_alarms);
    EXPECT_LE(cell.same.improvement.hits, false_alarms);
    EXPECT_LE(cell.same.self_check.hits, fires);
    EXPECT_GT(cell.slower5.slower_rows.Rate(), 0.9);
    EXPECT_EQ(cell.by_place.self_check.Rate(), 1);
    EXPECT_LT(cell.same.wide.Rate(), 0.001);
    EXPECT_LT(cell.same.rerun_rows.Rate(), 0.12);
  }
}

TEST(ErrorRates, DependOnTheSeedAndNotOnTheThreads) {
  const Experiment experiment{.noise = NoiseModels()[4]};
  const auto rerun = [&](std::uint64_t seed, int threads) {
    constexpr int kSuites = 12;
    return Measure(experiment, kSuites, seed, threads).rerun_rows.hits;
  };
  EXPECT_EQ(rerun(1, 1), rerun(1, 3));
  EXPECT_NE(rerun(1, 1), rerun(2, 1));
}

Cell GoodCell() {
  Cell cell{.noise = NoiseModels()[0], .rounds = 10};
  cell.same.regression = cell.same.improvement = {10, 1000};
  cell.slower5.slower_rows = {95, 100};
  return cell;
}

TEST(Goals, AreMissedByManyFalseAlarmsAndByFewSlowdownsSeen) {
  EXPECT_TRUE(MissedGoals({GoodCell()}).empty());
  Cell alarms = GoodCell();
  alarms.same.improvement.hits = 16;
  EXPECT_EQ(MissedGoals({alarms}),
            std::vector<std::string>{
                "normal 1%, n = 10: false alarms 1.60% (0.92-2.59)"});
  Cell blind = GoodCell();
  blind.slower5.slower_rows.hits = 89;
  EXPECT_EQ(MissedGoals({blind}).size(), 1u);
  blind.rounds = 6;
  EXPECT_TRUE(MissedGoals({blind}).empty());
}

}  // namespace
}  // namespace opstat::error_rates
