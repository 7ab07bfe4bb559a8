#include "opstat/store/history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "opstat/store/open.h"
#include "tests/store/fixture.h"
#include "tests/store/test_database.h"

namespace opstat::store {
namespace {

using Limits = std::numeric_limits<double>;

class HistoryTest : public testing::Test {
 protected:
  benchfmt::Run RoundTrip(const benchfmt::Run& run) {
    EXPECT_TRUE(history_.Append(run, Summarize));
    return history_.Load(run.id);
  }

  TestDatabase database_;
  const std::string path_ = database_.name();
  History history_{path_, History::Mode::kReadWrite};
};

TEST_F(HistoryTest, LoadsWhatWasAppended) {
  const benchfmt::Run run = MakeRun("aa");
  ExpectSame(run, RoundTrip(run));
}

TEST_F(HistoryTest, KeepsTheOrderOfARunThoughAnotherHadADifferentOne) {
  benchfmt::Run run = MakeRun("aa");
  RoundTrip(run);
  run.id = "bb";
  std::ranges::reverse(run.benchmarks);
  for (auto& benchmark : run.benchmarks) {
    std::ranges::reverse(benchmark.measurements);
  }
  ExpectSame(run, RoundTrip(run));
}

TEST_F(HistoryTest, KeepsEveryBitOfAwkwardValues) {
  const double payload = std::bit_cast<double>(0x7ff8dead0000beefULL);
  const double signaling = std::bit_cast<double>(0xfff0000000000001ULL);
  benchfmt::Run run = MakeRun("aa");
  run.benchmarks = {
      {"awkward",
       {{"sec/op",
         {0.0, -0.0, 0.1, Limits::denorm_min(), Limits::min(), Limits::max(),
          Limits::lowest(), Limits::infinity(), -Limits::infinity(),
          Limits::quiet_NaN(), -Limits::quiet_NaN(), payload, signaling,
          9007199254740993.0}},
        {"unmeasured", {Limits::quiet_NaN()}}}}};
  ExpectSame(run, RoundTrip(run));
}

TEST_F(HistoryTest, KeepsEmptyTextsAndEmptyLists) {
  benchfmt::Run run;
  run.id = "aa";
  ExpectSame(run, RoundTrip(run));
  run.id = "bb";
  run.facts = {{"", ""}};
  run.warnings = {""};
  run.schedule = {{}};
  run.benchmarks = {{"", {{"", {}}}}, {"nothing measured", {}}, {"last", {}}};
  ExpectSame(run, RoundTrip(run));
}

TEST_F(HistoryTest, KeepsHostileNames) {
  const std::string hostile[] = {
      "'); DROP TABLE run; --",
      "\"quoted\" `back` 'single' %s {} \\ /",
      std::string(4096, 'x'),
      std::string("nul\0inside", 10),
      "not UTF-8: \xff\xfe\xc0\x80",
      "line\nbreak\ttab\x1b[31m",
      "\xf0\x9f\x90\x8c",
  };
  benchfmt::Run run = MakeRun("aa");
  for (const std::string& name : hostile) {
    run.label = run.side = run.session = run.time = name;
    run.facts[name] = name;
    run.warnings.push_back(name);
    run.benchmarks.push_back({name, {{name, {1}}, {"sec/op", {2}}}});
  }
  ExpectSame(run, RoundTrip(run));
}

TEST_F(HistoryTest, KeepsNamesThatNoIndexHasRoomFor) {
  // Not one letter over and over: the server would compress that.
  std::string name;
  for (unsigned i = 1; name.size() < 65536; ++i) name += std::to_string(i * i);
  benchfmt::Run run = MakeRun("aa");
  run.benchmarks = {{name, {{name, {1.0}}}}, {name + "x", {{name, {2.0}}}}};
  ExpectSame(run, RoundTrip(run));
  run.id = "bb";
  ExpectSame(run, RoundTrip(run));
}

TEST_F(HistoryTest, AppendsARunOnlyOnce) {
  benchfmt::Run run = MakeRun("aa");
  EXPECT_TRUE(history_.Append(run, Summarize));
  run.label = "changed";
  EXPECT_FALSE(history_.Append(run, Summarize));
  EXPECT_EQ(1u, history_.List().size());
  EXPECT_EQ("main", history_.Load("aa").label);
}

TEST_F(HistoryTest, RefusesARunThatCouldNotBeLoadedAgain) {
  benchfmt::Run nameless = MakeRun("");
  EXPECT_STREQ("cannot store the run: it has no id",
               ErrorOf([&] { history_.Append(nameless, Summarize); }).what());
  benchfmt::Run twice = MakeRun("aa");
  twice.benchmarks.push_back(twice.benchmarks.front());
  ErrorOf([&] { history_.Append(twice, Summarize); });
  benchfmt::Run unit_twice = MakeRun("aa");
  auto& measurements = unit_twice.benchmarks.front().measurements;
  measurements.push_back(measurements.front());
  ErrorOf([&] { history_.Append(unit_twice, Summarize); });
  EXPECT_TRUE(history_.List().empty());
}

TEST_F(HistoryTest, StoresNothingWhenTheSummaryThrows) {
  int calls = 0;
  const auto fails = [&](const benchfmt::Measurement& measurement) {
    if (++calls == 3) throw std::bad_alloc();
    return Summarize(measurement);
  };
  EXPECT_THROW(history_.Append(MakeRun("aa"), fails), std::bad_alloc);
  EXPECT_TRUE(history_.List().empty());
  ExpectSame(MakeRun("aa"), RoundTrip(MakeRun("aa")));
}

TEST_F(HistoryTest, StoresUndefinedSummariesAsNull) {
  benchfmt::Run run = MakeRun("aa");
  run.benchmarks = {{"b", {{"u", {Limits::quiet_NaN(), Limits::quiet_NaN()}}}}};
  history_.Append(run, Summarize);
  const auto database = OpenHistory(path_, History::Mode::kReadOnly);
  Statement row(*database, "SELECT n, median, low, high FROM medians");
  ASSERT_TRUE(row.Step());
  EXPECT_EQ(0, row.Integer(0));
  for (int column = 1; column <= 3; ++column) EXPECT_TRUE(row.IsNull(column));
}

TEST_F(HistoryTest, ListsTheNewestFirst) {
  for (const char* id : {"bb", "aa", "cc"}) {
    history_.Append(MakeRun(id), Summarize);
  }
  const std::vector<RunLine> lines = history_.List();
  ASSERT_EQ(3u, lines.size());
  EXPECT_EQ("cc", lines[0].id);
  EXPECT_EQ("bb", lines[2].id);
  EXPECT_EQ("2024-05-06T07:08:09+02:00", lines[0].time);
  EXPECT_EQ("main", lines[0].label);
  EXPECT_EQ("c0ffee", lines[0].commit);
  EXPECT_EQ("box", lines[0].host);
  EXPECT_EQ(2, lines[0].benchmarks);
  EXPECT_EQ(8, lines[0].samples);
  EXPECT_EQ(2u, history_.List(2).size());
  EXPECT_TRUE(history_.List(0).empty());
}

TEST_F(HistoryTest, ListsARunWithoutFacts) {
  benchfmt::Run run;
  run.id = "aa";
  history_.Append(run, Summarize);
  EXPECT_EQ("", history_.List().at(0).commit);
  EXPECT_EQ("", history_.List().at(0).host);
}

TEST_F(HistoryTest, FindsARunByTheBeginningOfItsId) {
  for (const char* id : {"abc1", "abd", "abd2", "b%_*"}) {
    history_.Append(MakeRun(id), Summarize);
  }
  EXPECT_EQ("abc1", history_.Load("abc").id);
  EXPECT_EQ("abd", history_.Load("abd").id) << "a whole id is not ambiguous";
  EXPECT_EQ("b%_*", history_.Load("b%").id);
  EXPECT_EQ("b%_*", history_.Load("latest").id);
}

TEST_F(HistoryTest, SaysWhichRunsAnAmbiguousIdCouldMean) {
  for (int i = 0; i < 7; ++i) {
    history_.Append(MakeRun("ab" + std::to_string(i)), Summarize);
  }
  const Error error = ErrorOf([&] { history_.Load("ab"); });
  const std::string message = error.what();
  EXPECT_NE(std::string::npos, message.find("ab6  2024-05-06")) << message;
  EXPECT_NE(std::string::npos, message.find("...")) << message;
  EXPECT_NE(std::string::npos, error.hint().find("opstat list"));
}

TEST_F(HistoryTest, SaysThatThereIsNoSuchRun) {
  for (const char* id : {"latest", "ab", "%", ""}) {
    const Error error = ErrorOf([&] { history_.Load(id); });
    EXPECT_NE(std::string::npos, std::string(error.what()).find(path_));
    EXPECT_NE(std::string::npos, error.hint().find("opstat list"));
  }
}

TEST_F(HistoryTest, LetsAReaderSeeWhatAnotherConnectionWrote) {
  History reader(path_, History::Mode::kReadOnly);
  history_.Append(MakeRun("aa"), Summarize);
  ExpectSame(MakeRun("aa"), reader.Load("latest"));
  ErrorOf([&] { reader.Append(MakeRun("bb"), Summarize); });
}

ComparisonRecord MakeComparison(const std::string& id) {
  ComparisonRecord record;
  record.id = id;
  record.time = "2024-05-06T08:00:00Z";
  record.baseline = "main";
  record.outcome = "regression";
  record.runs = {"bb", "aa"};
  record.query = "--col scratch";
  record.document = R"({"schema":"opstat.compare/1","it's":"\u0000"})";
  VerdictRow full{.benchmark = "zeta",
                  .unit = "sec/op",
                  .contender = "topic",
                  .role = "decides",
                  .verdict = "regression"};
  full.baseline = 0.1;
  full.contender_center = 0.2;
  full.ratio = 2;
  full.low = 1.9;
  full.high = 2.1;
  full.p_value = 1e-300;
  VerdictRow bare{.benchmark = "alpha",
                  .unit = "B/op",
                  .contender = "topic",
                  .role = "exact",
                  .verdict = "missing"};
  record.verdicts = {full, bare};
  return record;
}

void ExpectSameRow(const VerdictRow& expected, const VerdictRow& actual) {
  EXPECT_EQ(expected.benchmark, actual.benchmark);
  EXPECT_EQ(expected.unit, actual.unit);
  EXPECT_EQ(expected.contender, actual.contender);
  EXPECT_EQ(expected.role, actual.role);
  EXPECT_EQ(expected.verdict, actual.verdict);
  EXPECT_EQ(expected.baseline, actual.baseline);
  EXPECT_EQ(expected.contender_center, actual.contender_center);
  EXPECT_EQ(expected.ratio, actual.ratio);
  EXPECT_EQ(expected.low, actual.low);
  EXPECT_EQ(expected.high, actual.high);
  EXPECT_EQ(expected.p_value, actual.p_value);
}

TEST_F(HistoryTest, KeepsAComparisonWithItsVerdicts) {
  history_.Append(MakeRun("aa"), Summarize);
  history_.Append(MakeRun("bb"), Summarize);
  const ComparisonRecord expected = MakeComparison("c1");
  history_.Append(expected);
  const auto found = history_.LatestComparison("aa");
  ASSERT_TRUE(found);
  EXPECT_EQ(expected.id, found->id);
  EXPECT_EQ(expected.time, found->time);
  EXPECT_EQ(expected.baseline, found->baseline);
  EXPECT_EQ(expected.outcome, found->outcome);
  EXPECT_EQ(expected.runs, found->runs);
  EXPECT_EQ(expected.query, found->query);
  EXPECT_EQ(expected.document, found->document);
  ASSERT_EQ(2u, found->verdicts.size());
  ExpectSameRow(expected.verdicts[0], found->verdicts[0]);
  ExpectSameRow(expected.verdicts[1], found->verdicts[1]);
}

TEST_F(HistoryTest, FindsTheNewestComparisonOfARun) {
  for (const char* id : {"aa", "bb", "cc"}) {
    history_.Append(MakeRun(id), Summarize);
  }
  history_.Append(MakeComparison("c2"));
  history_.Append(MakeComparison("c1"));
  ComparisonRecord again = MakeComparison("c1");
  again.outcome = "changed";
  history_.Append(again);
  EXPECT_EQ("c1", history_.LatestComparison("bb")->id);
  EXPECT_EQ("regression", history_.LatestComparison("bb")->outcome);
  EXPECT_FALSE(history_.LatestComparison("cc"));
  EXPECT_FALSE(history_.LatestComparison("a"));
}

TEST_F(HistoryTest, RefusesAComparisonOfARunThatIsNotThere) {
  history_.Append(MakeRun("bb"), Summarize);
  const Error error = ErrorOf([&] { history_.Append(MakeComparison("c1")); });
  EXPECT_NE(std::string::npos, std::string(error.what()).find("'aa'"));
  EXPECT_FALSE(history_.LatestComparison("bb")) << "half a comparison is there";
}

VerdictRow MakeVerdict(const char* benchmark, const char* role,
                       const char* verdict) {
  return {.benchmark = benchmark,
          .unit = "sec/op",
          .contender = "head",
          .role = role,
          .verdict = verdict};
}

// An A/A comparison of the benchmarks "x" and "y" on "a host", which differed
// by `effect`: of "x", called a change from 10% on.
void AppendIdentical(History& history, const std::string& id, double effect,
                     const std::string& identical = "true") {
  benchfmt::Run run = MakeRun("run" + id);
  run.session = "session" + id.substr(0, 1);
  run.facts["host.name"] = "a host";
  run.facts[kIdenticalFact] = identical;
  history.Append(run, Summarize);
  const std::string ratio = std::to_string(1 + effect);
  const char* verdict = effect >= 0.1    ? "regression"
                        : effect <= -0.1 ? "improvement"
                                         : "unchanged";
  history.Append(ComparisonRecord{
      .id = "comparison" + id,
      .time = "time" + id,
      .baseline = "",
      .outcome = "0",
      .runs = {run.id},
      .query = "",
      .document =
          R"({"rows":[{"benchmark":"x","role":"decides","hodges_lehmann":{"ratio":)" +
          ratio +
          R"(}},{"benchmark":"x","role":"shown","hodges_lehmann":{"ratio":9}},)"
          R"({"benchmark":"y","role":"decides","hodges_lehmann":null}]})",
      .verdicts = {MakeVerdict("x", "decides", verdict),
                   MakeVerdict("x", "shown", "regression"),
                   MakeVerdict("y", "decides", "undecided")}});
}

TEST_F(HistoryTest, IdenticalEffectsAreThoseOfThisHostOnceASession) {
  AppendIdentical(history_, "1", 0.01);
  AppendIdentical(history_, "2", 0.5);
  AppendIdentical(history_, "2more", -0.02);  // the same session again
  AppendIdentical(history_, "3", 0.25, "false");
  const auto effects = history_.IdenticalEffects("a host");
  ASSERT_EQ(effects.size(), 1U);
  ASSERT_EQ(effects.at("x").size(), 2U);
  EXPECT_NEAR(effects.at("x")[0], -0.02, 1e-9);
  EXPECT_NEAR(effects.at("x")[1], 0.01, 1e-9);
  EXPECT_TRUE(history_.IdenticalEffects("another host").empty());
}

TEST_F(HistoryTest, IdenticalComparisonsCountTheirAlarmsOnceASession) {
  AppendIdentical(history_, "1", 0.5);
  AppendIdentical(history_, "2", 0.5);
  AppendIdentical(history_, "2more", 0.01);  // the same session again
  AppendIdentical(history_, "3", 0.25, "false");
  AppendIdentical(history_, "4", -0.25);
  const auto found = history_.IdenticalComparisons("a host");
  ASSERT_EQ(3U, found.size()) << "the oldest first";
  EXPECT_EQ("comparison1", found[0].id);
  EXPECT_EQ("time1", found[0].time);
  EXPECT_EQ(2, found[0].rows) << "a row that is only shown decides nothing";
  EXPECT_EQ(1, found[0].alarms);
  EXPECT_EQ("comparison2more", found[1].id);
  EXPECT_EQ(0, found[1].alarms);
  EXPECT_EQ("comparison4", found[2].id);
  EXPECT_EQ(1, found[2].alarms) << "false improvements are alarms too";
  EXPECT_TRUE(history_.IdenticalComparisons("another host").empty());
}

TEST_F(HistoryTest, FindsAComparisonByTheBeginningOfItsId) {
  AppendIdentical(history_, "1", 0.01);
  AppendIdentical(history_, "2", 0.01);
  AppendIdentical(history_, "2more", 0.01);
  EXPECT_EQ(history_.FindComparison("latest")->id, "comparison2more");
  EXPECT_EQ(history_.FindComparison("comparison1")->runs,
            (std::vector<std::string>{"run1"}));
  EXPECT_EQ(history_.FindComparison("comparison2")->id, "comparison2");
  EXPECT_FALSE(history_.FindComparison("nothing"));
  ErrorOf([&] { history_.FindComparison("comp"); });
}

}  // namespace
}  // namespace opstat::store
