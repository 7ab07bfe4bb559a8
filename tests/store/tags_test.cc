// Tags, and what pruning leaves.
#include <gtest/gtest.h>

#include "opstat/benchfmt/time.h"
#include "opstat/store/history.h"
#include "tests/store/fixture.h"
#include "tests/store/test_database.h"

namespace opstat::store {
namespace {

class TagsTest : public testing::Test {
 protected:
  void Append(const std::string& id, const std::string& time) {
    benchfmt::Run run = MakeRun(id);
    run.time = time;
    history_.Append(run, Summarize);
  }
  void AppendDays(int count) {
    for (int day = 1; day <= count; ++day)
      Append("run" + std::to_string(day),
             "2026-01-0" + std::to_string(day) + "T00:00:00Z");
  }
  std::vector<std::string> Ids() {
    std::vector<std::string> ids;
    for (const RunLine& line : history_.List()) ids.push_back(line.id);
    return ids;
  }
  void Compare(const std::vector<std::string>& runs) {
    ComparisonRecord record;
    record.id = "c1";
    record.runs = runs;
    record.document = "{}";
    record.verdicts.push_back({.benchmark = "zeta",
                               .unit = "B/op",
                               .contender = "topic",
                               .role = "exact",
                               .verdict = "regression"});
    history_.Append(record);
  }
  static PruneRequest Before(const std::string& time, std::int64_t keep = 0) {
    return {.before = *benchfmt::UnixSeconds(time), .keep_runs = keep};
  }

  TestDatabase database_;
  History history_{database_.name(), History::Mode::kReadWrite};
};

using Names = std::vector<std::string>;

TEST_F(TagsTest, StandForTheirRunWhereverARunIsTaken) {
  AppendDays(3);
  EXPECT_EQ("run2", history_.Tag("v1.0", "run2", "2026-02-01"));
  EXPECT_EQ("run3", history_.Tag("newest", "latest", "2026-02-01"));
  EXPECT_EQ("run2", history_.Tag("again", "v1.0", "2026-02-01"));
  EXPECT_EQ("run2", history_.Load("v1.0").id);
  EXPECT_EQ("run3", history_.Load("newest").id);
  const auto lines = history_.List();
  EXPECT_EQ((Names{"newest"}), lines[0].tags);
  EXPECT_EQ((Names{"again", "v1.0"}), lines[1].tags);
  EXPECT_EQ(Names{}, lines[2].tags);
}

TEST_F(TagsTest, MoveAndGo) {
  AppendDays(2);
  history_.Tag("base", "run1", "t");
  history_.Tag("base", "run2", "t");
  EXPECT_EQ("run2", history_.Load("base").id);
  history_.DeleteTag("base");
  ErrorOf([&] { history_.Load("base"); });
  ErrorOf([&] { history_.DeleteTag("base"); });
  EXPECT_EQ(2u, history_.List().size());
}

TEST_F(TagsTest, ComeBeforeTheBeginningsOfIds) {
  Append("abc1", "");
  Append("def2", "");
  history_.Tag("ab", "def2", "t");
  EXPECT_EQ("def2", history_.Load("ab").id);
  EXPECT_EQ("abc1", history_.Load("abc").id);
}

TEST_F(TagsTest, RefuseNamesThatMeanSomethingElse) {
  AppendDays(1);
  for (const std::string& name :
       {std::string(), std::string("latest"), std::string("-x"),
        std::string("a b"), std::string("a\n"), std::string(32, 'a'),
        std::string(256, 'x')})
    EXPECT_THROW(history_.Tag(name, "run1", "t"), Error) << name;
  for (const char* name : {"release/2026.1", "größe", "@", "31"})
    EXPECT_EQ("run1", history_.Tag(name, "run1", "t"));
  ErrorOf([&] { history_.Tag("x", "nothing", "t"); });
}

TEST_F(TagsTest, KeepARunFromPruning) {
  AppendDays(5);
  history_.Tag("v1.0", "run2", "t");
  const PrunePlan plan = history_.PlanPruning(Before("2026-01-04"));
  EXPECT_EQ((Names{"run3", "run1"}), plan.runs);
  EXPECT_EQ(16, plan.samples);
  EXPECT_EQ(1, plan.tagged);
  history_.Tag("late", "run3", "t");
  history_.Prune(plan, "2026-02-01");
  EXPECT_EQ((Names{"run5", "run4", "run3", "run2"}), Ids());
  ExpectSame(history_.Load("run2"), history_.Load("v1.0"));
}

TEST_F(TagsTest, PruningKeepsTheLastStoredAndTheUndated) {
  Append("undated", "some day");
  AppendDays(4);
  const PrunePlan plan = history_.PlanPruning(Before("2027-01-01", 2));
  EXPECT_EQ((Names{"run2", "run1"}), plan.runs);
  EXPECT_EQ(1, plan.undated);
  history_.Prune(plan, "t");
  EXPECT_EQ((Names{"run4", "run3", "undated"}), Ids());
  EXPECT_TRUE(history_.PlanPruning(Before("2027-01-01", 2)).runs.empty());
}

TEST_F(TagsTest, PruningKeepsWhatWasJudged) {
  AppendDays(3);
  Compare({"run1", "run3"});
  const PrunePlan plan = history_.PlanPruning(Before("2026-01-03"));
  EXPECT_EQ(1, plan.compared);
  history_.Prune(plan, "2026-02-01T00:00:00Z");
  EXPECT_EQ((Names{"run3"}), Ids());
  const auto kept = history_.FindComparison("c1");
  ASSERT_TRUE(kept);
  EXPECT_EQ((Names{"run1", "run3"}), kept->runs);
  ASSERT_EQ(1u, kept->verdicts.size());
  EXPECT_EQ("regression", kept->verdicts[0].verdict);
  const std::string message = ErrorOf([&] { history_.Load("run1"); }).what();
  EXPECT_NE(std::string::npos, message.find("2026-02-01")) << message;
  EXPECT_THROW(history_.Load("run1"), SamplesPruned);
  ErrorOf([&] { history_.Tag("x", "run1", "t"); });
  EXPECT_EQ("run3", history_.Load("latest").id);
  EXPECT_EQ(1u, history_.Series({.units = {"B/op"}})[0].points.size());
}

TEST_F(TagsTest, ARunThatWentEntirelyCanBeStoredAgain) {
  AppendDays(1);
  history_.Prune(history_.PlanPruning(Before("2027-01-01")), "t");
  EXPECT_TRUE(history_.List().empty());
  EXPECT_TRUE(history_.Append(MakeRun("run1"), Summarize));
  ExpectSame(MakeRun("run1"), history_.Load("run1"));
}

}  // namespace
}  // namespace opstat::store
