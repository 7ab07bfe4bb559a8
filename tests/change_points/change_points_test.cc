#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "opstat/stats/binomial.h"
#include "opstat/stats/change_point.h"
#include "tests/change_points/simulation.h"

namespace opstat::change_points {
namespace {

using Places = std::vector<int>;

// `make change-points` in small: what a defect would move.
TEST(FalsePoints, AreAsRareAsTheDocumentsSay) {
  constexpr int kSeries = 400;
  constexpr double kSure = 0.9999;
  const auto limit = [](double rate) {
    return stats::BinomialQuantile(kSeries, rate, kSure);
  };
  const auto models = SeriesNoise();
  for (std::size_t i = 0; i < kJudged; ++i) {
    const FalsePoints cell = MeasureFalsePoints(models[i], 100, kSeries, i);
    const bool independent = i < 4;
    EXPECT_LE(cell.firm.hits, limit(independent ? 0.005 : 0.05))
        << cell.noise.name;
    EXPECT_LE(cell.any.hits, limit(independent ? 0.01 : 0.05))
        << cell.noise.name;
  }
}

TEST(Detection, OfFivePercentTakesFiveRuns) {
  constexpr int kSeries = 200;
  const auto detections = MeasureDetection(0.05, 50, 5, kSeries, 3);
  EXPECT_GE(detections[4].until_now.Rate(), 0.93);
  EXPECT_EQ(detections[0].now.hits, 0) << "one run is no level";
}

TEST(Goals, AreMissedByManyFalsePointsAndByFewStepsSeen) {
  FalsePoints noise{.noise = SeriesNoise()[0],
                    .length = 100,
                    .firm = {10, 1000},
                    .any = {50, 1000}};
  Detection step{.step = 0.05,
                 .before = 50,
                 .after = 5,
                 .now = {},
                 .until_now = {95, 100}};
  EXPECT_TRUE(MissedGoals({noise}, {step}).empty());
  noise.firm.hits = 11;
  step.until_now.hits = 94;
  EXPECT_EQ(MissedGoals({noise}, {step}).size(), 2u);
  noise.firm.hits = 10;
  noise.any.hits = 51;
  EXPECT_EQ(MissedGoals({noise}, {}).size(), 1u);
}

struct Example {
  std::string name;
  std::vector<double> values;
  Places otava;  // whose change is 5% or more, by Otava's means
};

std::vector<Example> OtavaExamples() {
  std::ifstream file(OPSTAT_TESTDATA "/change_points/otava.txt");
  std::vector<Example> examples;
  std::string name, values, points;
  while (std::getline(file, name) && std::getline(file, values) &&
         std::getline(file, points)) {
    Example example{name, {}, {}};
    std::istringstream numbers(values);
    for (double value = 0; numbers >> value;) example.values.push_back(value);
    std::istringstream list(points);
    int place = 0;
    double percent = 0;
    for (char colon = 0; list >> place >> colon >> percent;)
      if (std::abs(percent) >= 5) example.otava.push_back(place);
    examples.push_back(example);
  }
  return examples;
}

Places PointsOf(const std::vector<double>& values) {
  Places places;
  for (const stats::ChangePoint& point : stats::FindChangePoints(values))
    if (std::abs(point.after / point.before - 1) >= 0.05)
      places.push_back(int(point.index));
  return places;
}

// docs/TRENDS.md says why each of these differs.
const std::map<std::string, Places> kDiffer = {
    {"series_test.py series2", {}},
    {"series_test.py zeros", {}},
    {"change_point_divisive_test.py", {5}},
    {"postgresql MEM", {}},
    {"postgresql TIME_ROCKS", {}}};

TEST(OtavasExamples, HaveTheSamePointsButForThoseExplained) {
  const auto examples = OtavaExamples();
  EXPECT_EQ(examples.size(), 10u);
  for (const Example& example : examples) {
    SCOPED_TRACE(example.name);
    const Places ours = PointsOf(example.values);
    if (const auto differ = kDiffer.find(example.name);
        differ != kDiffer.end()) {
      EXPECT_EQ(ours, differ->second);
      continue;
    }
    ASSERT_EQ(ours.size(), example.otava.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
      EXPECT_NEAR(ours[i], example.otava[i], 1);
  }
}

}  // namespace
}  // namespace opstat::change_points
