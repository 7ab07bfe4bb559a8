#include "opstat/cli/curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace opstat::cli {
namespace {

compare::Trend TrendOf(const std::vector<double>& medians) {
  compare::Trend trend;
  const auto run = std::make_shared<benchfmt::Run>();
  for (const double median : medians)
    trend.points.push_back({run, 6, median, median, median});
  return trend;
}

std::string PathOf(const compare::Trend& trend) { return CurveOf(trend).path; }

TEST(Curve, GoesFromEdgeToEdgeAndFromTroughToPeak) {
  EXPECT_EQ(PathOf(TrendOf({1, 3, 2})), "M6 50l114 -44L234 28");
}

TEST(Curve, OfOneOrEqualValuesIsLevel) {
  EXPECT_EQ(PathOf(TrendOf({5})), "M6 28L6 28");
  EXPECT_EQ(PathOf(TrendOf({5, 5})), "M6 28L234 28");
}

TEST(Curve, LeavesOutWhatIsNotMeasured) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(PathOf(TrendOf({})), "");
  EXPECT_EQ(PathOf(TrendOf({nan})), "");
  EXPECT_EQ(PathOf(TrendOf({1, nan, 2})), "M6 50L234 6");
  const Curve curve = CurveOf(TrendOf({1, nan, 2}));
  EXPECT_EQ(curve.runs, 2);
  EXPECT_EQ(curve.low, 1);
  EXPECT_EQ(curve.high, 2);
}

TEST(Curve, KeepsPeaksAndTheLatestOfMany) {
  std::vector<double> medians(1000, 1.0);
  medians[333] = 3;
  medians[700] = 0;
  medians.back() = 2;
  const std::string path = PathOf(TrendOf(medians));
  EXPECT_LE(std::ranges::count(path, 'l'), 120);
  EXPECT_TRUE(path.ends_with("L234 21")) << path;
  EXPECT_NE(path.find(" -29l"), std::string::npos) << path;
  EXPECT_NE(path.find(" 15l"), std::string::npos) << path;
}

TEST(ChangesPath, IsALineAtEachChange) {
  compare::Trend trend = TrendOf({1, 1, 2});
  EXPECT_EQ(ChangesPath(trend), "");
  trend.changes = {{.index = 2, .before = 1, .after = 2}};
  EXPECT_EQ(ChangesPath(trend), "M234 0v56");
}

}  // namespace
}  // namespace opstat::cli
