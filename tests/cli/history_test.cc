#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <cstdlib>
#include <limits>
#include <string>

#include "opstat/cli/database.h"
#include "opstat/cli/sparkline.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

using Values = std::vector<double>;

class HistoryTest : public testing::Test {
 protected:
  HistoryTest() {
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("OPSTAT_CONFIG", "", 1);
    for (int i = 0; i < 40; ++i) Append(i);
  }
  ~HistoryTest() override {
    unsetenv("LC_ALL");
    unsetenv("OPSTAT_CONFIG");
  }

  // Times grow by 10% at the run 30, allocations at the run 20.
  void Append(int i) {
    benchfmt::Run run;
    run.id = Id(i);
    run.time = "2026-" + std::to_string(10 + i / 20) + "-" +
               std::to_string(10 + i % 20) + "T00:00:00Z";
    run.process_samples = true;
    run.facts = {{"commit.hash", Id(i) + "c0ffee"},
                 {"commit.branch", "main"},
                 {"host.name", "box"}};
    const double level = (i < 30 ? 100e-9 : 110e-9) + 0.1e-9 * (i * 7 % 11);
    const double allocs = i < 20 ? 3 : 5;
    for (const char* name : {"BM_Parse/8", "BM_Write"}) {
      const double factor = name == std::string("BM_Write") ? 2 : 1;
      Values seconds;
      for (int k = 0; k < 10; ++k)
        seconds.push_back(factor * level * (1 + 1e-3 * (k - 4.5)));
      run.benchmarks.push_back({name,
                                {{"sec/op", seconds},
                                 {"cpu-sec/op", seconds},
                                 {"frees/op", Values(10, allocs)},
                                 {"allocs/op", Values(10, allocs)}}});
    }
    history_.Append(run, SummarizeForStore);
  }

  static std::string Id(int i) {
    return std::string(i < 10 ? "aaaa0" : "aaaa") + std::to_string(i);
  }

  Outcome History(std::vector<std::string> words) {
    words.insert(words.begin(), "history");
    words.insert(words.end(), {"--db", path_});
    return Opstat(words);
  }

  TemporaryFolder folder_;
  std::string path_ = folder_ / "history.db";
  store::History history_{path_, store::History::Mode::kReadWrite};
};

TEST_F(HistoryTest, IsALineASeriesWithItsLastChange) {
  const Outcome outcome = History({});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  ExpectGolden("history.txt", outcome.out);
}

TEST_F(HistoryTest, ListsEveryChange) {
  ExpectGolden("history_change_points.txt",
               History({"--change-points", "Parse"}).out);
}

TEST_F(HistoryTest, IsADocument) {
  ExpectGolden("history.json",
               History({"--json", "--limit", "12", "Parse"}).out);
  rapidjson::Document json;
  json.Parse(History({"--json"}).out.c_str());
  ASSERT_TRUE(json.IsObject());
  EXPECT_STREQ(json["schema"].GetString(), "opstat.history/1");
  EXPECT_EQ(json["series"].Size(), 4u);
}

TEST_F(HistoryTest, CountsAreExactHoweverFewUnlessTheyVary) {
  for (const auto& [name, counts] :
       {std::pair{"one", Values{7}}, std::pair{"alike", Values{7, 7, 7}},
        std::pair{"varies", Values{7, 7, 8}}}) {
    benchfmt::Run run;
    run.id = name;
    run.benchmarks = {{name, {{"allocs/op", counts}, {"sec/op", {1e-6}}}}};
    history_.Append(run, SummarizeForStore);
  }
  const auto says = [&](const char* name, const char* text) {
    return History({name, "--unit", "allocs/op"}).out.find(text) !=
           std::string::npos;
  };
  EXPECT_TRUE(says("one", "7.000 exact n=1"));
  EXPECT_TRUE(says("alike", "7.000 exact n=3"));
  EXPECT_TRUE(says("varies", "7.000 ± ∞ n=3"));
  EXPECT_NE(History({"one", "--unit", "sec/op"}).out.find("± ∞ n=1"),
            std::string::npos);
}

TEST_F(HistoryTest, ASmallChangeOfACountIsNotNone) {
  for (const double bytes : {131072.0, 131088.0}) {
    benchfmt::Run run;
    run.id = std::to_string(bytes);
    run.benchmarks = {{"grows", {{"B/op", {bytes}}}}};
    history_.Append(run, SummarizeForStore);
  }
  const std::string said = History({"grows"}).out;
  EXPECT_NE(said.find("+0.012%  +0.012% worse at"), std::string::npos) << said;
}

TEST_F(HistoryTest, WithoutUtf8DrawsInAscii) {
  setenv("LC_ALL", "C", 1);
  EXPECT_EQ(History({}).out.find("█"), std::string::npos);
}

TEST_F(HistoryTest, ComparesWithTheRunOrCommitNamed) {
  const std::string by_run =
      History({"--against", "aaaa29", "--unit", "sec/op"}).out;
  EXPECT_NE(by_run.find("+10.3%"), std::string::npos) << by_run;
  EXPECT_EQ(History({"--against", "aaaa29c0ff", "--unit", "sec/op"}).out,
            by_run);
  const Outcome none = History({"--against", "nonesuch"});
  EXPECT_EQ(none.code, 5);
  EXPECT_NE(none.err.find("nonesuch"), std::string::npos);
}

TEST_F(HistoryTest, BeginsAtTheDateOrCommitGiven) {
  const auto runs = [&](const std::string& since) {
    rapidjson::Document json;
    json.Parse(History({"--json", "--since", since}).out.c_str());
    return json["series"][0]["points"].Size();
  };
  EXPECT_EQ(runs("2026-11-10"), 20u);
  EXPECT_EQ(runs("aaaa30c0"), 10u);
  EXPECT_EQ(History({"--since", "deadbeef"}).code, 5);
  for (const char* none : {"nonesuch", "yesterday", "2026-13-45"}) {
    const Outcome outcome = History({"--since", none});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("2026-11-23"), std::string::npos);
  }
}

TEST_F(HistoryTest, KnowsTheTagsOfRuns) {
  history_.Tag("v1", "aaaa29", "2026-11-23T10:20:30Z");
  EXPECT_EQ(History({"--against", "v1", "--json"}).code, 0);
  EXPECT_EQ(History({"--against", "v1", "--unit", "sec/op"}).out,
            History({"--against", "aaaa29", "--unit", "sec/op"}).out);
  EXPECT_EQ(History({"--since", "v1"}).out,
            History({"--since", "aaaa29c0"}).out);
}

TEST_F(HistoryTest, DividesTimesByTheControlAndCountsByNothing) {
  const std::string out = History({"--control", "BM_Write"}).out;
  EXPECT_EQ(out.find("BM_Write "), std::string::npos) << out;
  EXPECT_NE(out.find("500.0m"), std::string::npos) << out;
  EXPECT_EQ(out.find("+9."), std::string::npos) << out;
  EXPECT_EQ(History({"--control", "nonesuch"}).code, 5);
}

TEST_F(HistoryTest, ShowsAcceptedChangesAndNamesIdleOnes) {
  setenv("OPSTAT_CONFIG",
         folder_
             .Write("opstat.toml",
                    "[[accept]]\nbenchmark = 'Parse'\nunit = 'allocs/op'\n"
                    "commit = 'aaaa20c0'\nreason = 'cache'\n"
                    "until = 2999-01-01\n"
                    "[[accept]]\nbenchmark = 'Parse'\nreason = 'old'\n"
                    "until = 2020-01-01\n")
             .c_str(),
         1);
  const Outcome outcome = History({"--unit", "allocs/op", "Parse"});
  EXPECT_NE(outcome.out.find("accepted until 2999-01-01: cache"),
            std::string::npos)
      << outcome.out;
  EXPECT_EQ(outcome.err,
            "warning: opstat.toml:7: expired on 2020-01-01 (old)\n");
}

TEST_F(HistoryTest, OfNothingSaysSo) {
  const Outcome outcome = History({"nonesuch"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("hint: opstat history"), std::string::npos);
  EXPECT_EQ(History({"("}).code, 2);
}

TEST(Sparkline, GoesFromTheSmallestToTheLargest) {
  EXPECT_EQ(Sparkline(Values{1, 2, 3}, 9, false), "▁▅█");
  EXPECT_EQ(Sparkline(Values{1, 2, 3}, 9, true), "_=#");
}

TEST(Sparkline, ShowsGapsAndALevelLine) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Sparkline(Values{1, nan, 2}, 9, true), "_ #");
  EXPECT_EQ(Sparkline(Values{5, 5}, 9, true), "~~");
  EXPECT_EQ(Sparkline(Values{}, 9, true), "");
}

TEST(Sparkline, PutsManyValuesIntoItsWidth) {
  Values values;
  for (int i = 0; i < 100; ++i) values.push_back(i);
  EXPECT_EQ(Sparkline(values, 8, true), "_.-~=+*#");
}

}  // namespace
}  // namespace opstat::cli
