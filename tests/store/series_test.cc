// One unit through many runs.
#include <gtest/gtest.h>

#include <cmath>

#include "opstat/store/history.h"
#include "tests/store/fixture.h"
#include "tests/store/test_database.h"

namespace opstat::store {
namespace {

class SeriesTest : public testing::Test {
 protected:
  // A run whose first sec/op is `value`.
  void Append(const std::string& id, double value, const std::string& time,
              std::map<std::string, std::string> facts = {}) {
    benchfmt::Run run = MakeRun(id);
    run.time = time;
    run.facts.erase("commit.hash");
    facts.merge(run.facts);
    run.facts = std::move(facts);
    run.benchmarks[0].measurements[0].values[0] = value;
    history_.Append(run, Summarize);
  }
  void AppendDays(int count) {
    for (int day = 1; day <= count; ++day) {
      const std::string text = (day < 10 ? "0" : "") + std::to_string(day);
      Append("run" + text, day, "2026-01-" + text + "T00:00:00Z",
             {{"commit.hash", "c" + text},
              {"branch", day % 2 == 0 ? "even" : "odd"},
              {"commit.branch", day % 2 == 0 ? "even" : "odd"}});
    }
  }
  // The medians of the one series of zeta's sec/op.
  std::vector<double> Medians(SeriesQuery query) {
    query.benchmark = [](std::string_view name) { return name == "zeta"; };
    query.units = {"sec/op"};
    const auto found = history_.Series(query);
    std::vector<double> medians;
    if (found.empty()) return medians;
    EXPECT_EQ(1u, found.size());
    EXPECT_EQ("zeta", found[0].benchmark);
    EXPECT_EQ("sec/op", found[0].unit);
    for (const SeriesPoint& point : found[0].points)
      medians.push_back(point.median);
    return medians;
  }

  TestDatabase database_;
  History history_{database_.name(), History::Mode::kReadWrite};
};

using Values = std::vector<double>;

TEST_F(SeriesTest, GivesEveryPointWithWhatItsRunIs) {
  Append("aa", 7, "2026-01-02T03:04:05Z",
         {{"commit.hash", "c0ffee"},
          {"commit.time", "2026-01-01T00:00:00Z"},
          {"commit.branch", "main"}});
  const auto all = history_.Series({});
  ASSERT_EQ(6u, all.size()) << "two benchmarks, three units";
  EXPECT_EQ("zeta", all[0].benchmark);
  EXPECT_EQ("sec/op", all[0].unit);
  EXPECT_EQ("alpha", all[5].benchmark);
  EXPECT_EQ("allocs/op", all[5].unit);
  ASSERT_EQ(1u, all[0].points.size());
  const SeriesPoint& point = all[0].points[0];
  EXPECT_EQ("aa", point.run->id);
  EXPECT_EQ("2026-01-02T03:04:05Z", point.run->time);
  EXPECT_EQ("c0ffee", point.run->commit_hash);
  EXPECT_EQ("2026-01-01T00:00:00Z", point.run->commit_time);
  EXPECT_EQ("main", point.run->branch);
  EXPECT_EQ("box", point.run->host);
  EXPECT_EQ("main", point.run->label);
  EXPECT_EQ(4, point.n);
  EXPECT_EQ(7, point.median);
  EXPECT_TRUE(std::isnan(point.low));
  EXPECT_TRUE(std::isnan(point.high));
  EXPECT_TRUE(point.run->facts.empty()) << "not asked for";
}

TEST_F(SeriesTest, GivesTheFactsOfARunWhereAskedTo) {
  Append("aa", 7, "2026-01-02T03:04:05Z", {{"build.compiler", "g++ 12"}});
  const auto all = history_.Series({.facts = true});
  EXPECT_EQ("g++ 12", all[0].points[0].run->facts.at("build.compiler"));
}

TEST_F(SeriesTest, TakesTheLastStoredOldestFirst) {
  AppendDays(5);
  EXPECT_EQ((Values{1, 2, 3, 4, 5}), Medians({}));
  EXPECT_EQ((Values{4, 5}), Medians({.last = 2}));
  EXPECT_EQ((Values{1, 2, 3, 4, 5}), Medians({.last = -1}));
  EXPECT_EQ(Values{}, Medians({.last = 0}));
}

TEST_F(SeriesTest, OrdersByCommitHoweverTheRunsCameIn) {
  Append("aa", 3, "2026-01-09", {{"commit.time", "2026-01-03T00:00:00Z"}});
  Append("bb", 1, "2026-01-10", {{"commit.time", "2026-01-01T23:00:00-02:00"}});
  Append("cc", 2, "2026-01-02T12:00:00Z");
  Append("dd", 4, "2026-01-08", {{"commit.time", "2026-01-03T00:00:00Z"}});
  EXPECT_EQ((Values{1, 2, 4, 3}), Medians({}));
}

TEST_F(SeriesTest, FiltersByBranchHostAndTime) {
  AppendDays(6);
  EXPECT_EQ((Values{2, 4, 6}), Medians({.branch = "even"}));
  EXPECT_EQ((Values{4, 6}), Medians({.branch = "even", .last = 2}));
  EXPECT_EQ(Values{}, Medians({.host = "elsewhere"}));
  EXPECT_EQ(6u, Medians({.host = "box"}).size());
  EXPECT_EQ((Values{4, 5, 6}), Medians({.since = "2026-01-04"}));
  EXPECT_EQ((Values{5, 6}), Medians({.since = "2026-01-04T00:00:01Z"}));
  EXPECT_EQ((Values{5, 6}), Medians({.since_commit = "c05"}));
  EXPECT_THROW(Medians({.since = "last week"}), Error);
  ErrorOf([&] { Medians({.since_commit = "c7"}); });
}

TEST_F(SeriesTest, FindsASeriesThatFewOfManyRunsHave) {
  constexpr int kRuns = 141;  // more than are looked at together
  for (int i = 0; i < kRuns; ++i) {
    benchfmt::Run run = MakeRun("run" + std::to_string(i));
    if (i % 70 == 0) run.benchmarks.push_back({"rare", {{"B/op", {1.0 * i}}}});
    history_.Append(run, Summarize);
  }
  const auto found = history_.Series(
      {.benchmark = [](std::string_view name) { return name == "rare"; },
       .last = 50});
  ASSERT_EQ(1u, found.size());
  ASSERT_EQ(3u, found[0].points.size());
  EXPECT_EQ(0, found[0].points[0].median);
  EXPECT_EQ(140, found[0].points[2].median);
}

TEST_F(SeriesTest, LeavesOutWhatWasNeverMeasured) {
  benchfmt::Run run = MakeRun("aa");
  run.benchmarks.push_back({"failed", {}});
  history_.Append(run, Summarize);
  EXPECT_EQ(6u, history_.Series({}).size());
}

TEST_F(SeriesTest, LeavesOutCountsThatAreAlikeWhereAsked) {
  for (const double changed : {1, 2}) {
    benchfmt::Run run = MakeRun("of" + std::to_string(changed));
    run.benchmarks = {
        {"b", {{"B/op", {64}}, {"allocs/op", {changed}}, {"sec/op", {1e-6}}}}};
    history_.Append(run, Summarize);
  }
  const auto only = [](std::string_view name) { return name == "b"; };
  std::vector<std::string> units;
  for (const SeriesHistory& one :
       history_.Series({.benchmark = only, .level_counts = false}))
    units.push_back(one.unit);
  EXPECT_EQ(units, (std::vector<std::string>{"allocs/op", "sec/op"}));
  EXPECT_EQ(history_.Series({.benchmark = only}).size(), 3u);
}

// The few that are wanted are looked up; of many, the runs are read through.
TEST_F(SeriesTest, GivesTheSamePointsOfFewAsOfMany) {
  for (int i = 0; i < 3; ++i) {
    benchfmt::Run run = MakeRun("run" + std::to_string(i));
    for (int k = 0; k < 20; ++k)
      run.benchmarks.push_back(
          {"b" + std::to_string(k), {{"B/op", {100.0 * i + k}}}});
    history_.Append(run, Summarize);
  }
  for (const SeriesHistory& one : history_.Series({.units = {"B/op"}})) {
    const auto alone = history_.Series(
        {.benchmark =
             [&](std::string_view name) { return name == one.benchmark; },
         .units = {"B/op"}});
    ASSERT_EQ(1u, alone.size());
    ASSERT_EQ(3u, alone[0].points.size());
    ASSERT_EQ(3u, one.points.size());
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_EQ(one.points[i].median, alone[0].points[i].median);
  }
}

}  // namespace
}  // namespace opstat::store
