#include "opstat/compare/trend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace opstat::compare {
namespace {

using benchfmt::Run;
using Facts = std::map<std::string, std::string>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::shared_ptr<const Run> MakeRun(int number, Facts facts = {}) {
  auto run = std::make_shared<Run>();
  run->id = "run" + std::to_string(number);
  facts.emplace("commit.hash", "c0ffee" + std::to_string(number));
  run->facts = std::move(facts);
  return run;
}

Trend Of(const std::string& unit, const std::vector<double>& medians,
         const std::string& benchmark = "BM") {
  Trend trend{.benchmark = benchmark,
              .unit = unit,
              .host = {},
              .branch = {},
              .points = {},
              .changes = {}};
  for (std::size_t i = 0; i < medians.size(); ++i)
    trend.points.push_back(
        {MakeRun(int(i)), 10, medians[i], medians[i], medians[i]});
  return trend;
}

std::vector<std::size_t> Places(const Trend& trend) {
  std::vector<std::size_t> places;
  for (const TrendChange& change : FindChanges(trend))
    places.push_back(change.index);
  return places;
}

using Indexes = std::vector<std::size_t>;

TEST(Trend, OfExactCountsChangesAtEveryChangeFirmly) {
  const Trend trend = Of("allocs/op", {3, 3, 4, 4, 3, 0});
  EXPECT_EQ(Places(trend), (Indexes{2, 4, 5}));
  const auto changes = FindChanges(trend);
  EXPECT_TRUE(changes.back().firm);
  EXPECT_EQ(changes.back().DeltaPercent(), -100);
}

TEST(Trend, FromNothingHasNoPercent) {
  const auto changes = FindChanges(Of("allocs/op", {0, 5}));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].DeltaPercent(), std::nullopt);
}

TEST(Trend, OfCountsThatVaryChangesWhereTheIntervalsPart) {
  Trend trend = Of("B/op", {64, 64, 80, 96});
  trend.points[2].low = 64;
  EXPECT_EQ(Places(trend), Indexes{3});
}

TEST(Trend, PassesOverWhatIsNotMeasured) {
  EXPECT_EQ(Places(Of("allocs/op", {3, kNaN, 3, 4})), Indexes{3});
}

TEST(Trend, OfTimesChangesWhereTheLevelDoes) {
  std::vector<double> medians;
  for (int i = 0; i < 60; ++i)
    medians.push_back((i < 30 ? 1 : 1.1) + 1e-3 * (i * 7 % 11));
  medians[10] = kNaN;
  EXPECT_EQ(Places(Of("sec/op", medians)), Indexes{30});
}

TEST(Trend, AgainstTheControlLosesWhatSlowedBoth) {
  std::vector<double> control, slowed;
  for (int i = 0; i < 60; ++i) {
    control.push_back((i < 30 ? 2 : 3) + 1e-3 * (i * 7 % 11));
    slowed.push_back(control.back() * 5);
  }
  const Trend trend = Of("sec/op", slowed);
  EXPECT_EQ(Places(trend), Indexes{30});
  Trend one = Of("sec/op", control);
  one.points.pop_back();
  const Trend ratio = RatioToControl(trend, one);
  EXPECT_EQ(ratio.points.size(), 59u) << "only runs of both";
  EXPECT_NEAR(ratio.points[0].median, 5, 1e-12);
  EXPECT_EQ(Places(ratio), Indexes{});
}

TEST(Trend, OfTheLatestAgainstAReferenceHasWhatBothIntervalsAllow) {
  Trend trend = Of("sec/op", {100, 105});
  trend.points[0].low = 99, trend.points[0].high = 102;
  trend.points[1].low = 104, trend.points[1].high = 108;
  const TrendDelta delta = LatestAgainst(trend, 0);
  EXPECT_EQ(delta.ratio, 1.05);
  EXPECT_EQ(delta.low, 104. / 102);
  EXPECT_EQ(delta.high, 108. / 99);
  trend.points[0].low = kNaN;
  EXPECT_TRUE(std::isinf(LatestAgainst(trend, 0).high));
}

TEST(Trend, MarksTheChangesThatWereMeant) {
  Trend trend = Of("allocs/op", {3, 3, 4, 5});
  trend.changes = FindChanges(trend);
  const Acceptance acceptance{.benchmarks = Filter(),
                              .unit = "allocs/op",
                              .commit = "c0ffee2",
                              .reason = "cache",
                              .until = "2030-01-01",
                              .origin = {}};
  const auto used = Accept(trend, {&acceptance, 1}, "2026-01-01");
  EXPECT_EQ(used.size(), 1u);
  EXPECT_EQ(trend.changes[0].accepted, &acceptance);
  EXPECT_EQ(trend.changes[1].accepted, nullptr);
}

std::vector<std::size_t> SplitSizes(const std::string& unit,
                                    const std::vector<Facts>& facts) {
  std::vector<TrendPoint> points;
  for (std::size_t i = 0; i < facts.size(); ++i)
    points.push_back({MakeRun(int(i), facts[i]), 1, 1, 1, 1});
  Environments environments;
  std::vector<std::size_t> sizes;
  for (const Trend& trend : SplitTrend("BM", unit, points, environments))
    sizes.push_back(trend.points.size());
  return sizes;
}

TEST(SplitTrend, KeepsTimesOfOneHostAndCountsOfOneBuildTogether) {
  const std::vector<Facts> hosts = {
      {{"host.name", "a"}}, {{"host.name", "b"}}, {{"host.name", "a"}}};
  EXPECT_EQ(SplitSizes("sec/op", hosts), (Indexes{2, 1}));
  EXPECT_EQ(SplitSizes("B/op", hosts), Indexes{3});
  const std::vector<Facts> builds = {{{"build.compiler", "12"}},
                                     {{"build.compiler", "13"}},
                                     {{"build.compiler", "13"}}};
  EXPECT_EQ(SplitSizes("sec/op", builds), Indexes{3});
  EXPECT_EQ(SplitSizes("B/op", builds), (Indexes{1, 2}));
}

TEST(SplitTrend, KeepsBranchesApart) {
  EXPECT_EQ(SplitSizes("B/op", {{{"commit.branch", "main"}},
                                {{"commit.branch", "topic"}},
                                {{"commit.branch", "main"}}}),
            (Indexes{2, 1}));
}

// Twice a base and a head of commits at these times.
std::size_t PointsOfTwoComparisons(const std::string& session,
                                   const std::string& base_time,
                                   const std::string& head_time) {
  std::vector<TrendPoint> points;
  for (int i = 0; i < 4; ++i) {
    Run run =
        *MakeRun(i, {{"commit.time", i % 2 == 0 ? base_time : head_time}});
    run.side = i % 2 == 0 ? "A" : "B";
    if (!session.empty()) run.session = session + std::to_string(i / 2);
    points.push_back({std::make_shared<const Run>(run), 1, 1, 1, 1});
  }
  Environments environments;
  return SplitTrend("BM", "B/op", points, environments)[0].points.size();
}

TEST(SplitTrend, LeavesOutABaseThatNoTimePutsBeforeItsHead) {
  EXPECT_EQ(PointsOfTwoComparisons("s", "", ""), 2u);
  EXPECT_EQ(PointsOfTwoComparisons("s", "2026-11-23", "2026-11-23"), 2u);
  EXPECT_EQ(PointsOfTwoComparisons("s", "2026-11-23", "2026-11-24"), 4u);
  EXPECT_EQ(PointsOfTwoComparisons("", "", ""), 4u);
}

}  // namespace
}  // namespace opstat::compare
