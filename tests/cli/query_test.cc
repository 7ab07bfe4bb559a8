#include "opstat/cli/query.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"

namespace opstat::cli {
namespace {

benchfmt::Run RunOf(const std::string& label) {
  benchfmt::Run run;
  run.label = label;
  run.process_samples = true;
  run.session = "session";
  run.benchmarks = {{"B/k:1", {{"B/s", {1, 2, 3}}, {"allocs/op", {1, 1, 1}}}}};
  return run;
}

Query QueryOf(const std::vector<std::string>& words) {
  return Query(Arguments(*FindCommand("stat"), words));
}

TEST(Query, IsTheSameFromItsText) {
  const std::vector<benchfmt::Run> runs{RunOf("a"), RunOf("-b c")};
  const Query query = QueryOf(
      {"--row=.name", "--table=/k@(1)", "--where=.unit:B/s -.name:\"x y\"",
       "--judge=B/s", "--alpha=0.02", "--assume-independent"});
  const std::string text = query.Text(runs);
  EXPECT_EQ(Query::Parse(text).Text(runs), text);
  const compare::Comparison comparison = Query::Parse(text).Compare(runs);
  ASSERT_EQ(comparison.rows.size(), 1U);
  EXPECT_EQ(comparison.rows[0].benchmark(), "B");
  EXPECT_EQ(comparison.policy.alpha, 0.02);
}

TEST(Query, RemembersTheLabelsOfItsRuns) {
  std::vector<benchfmt::Run> runs{RunOf("a"), RunOf("-b c")};
  const std::string text = QueryOf({}).Text(runs);
  runs[0].label = runs[1].label = "conv.json";  // as they were stored
  Query::Parse(text).Relabel(runs);
  EXPECT_EQ(runs[0].label, "a");
  EXPECT_EQ(runs[1].label, "-b c");
}

TEST(Query, JudgesMoreUnitsWhenAsked) {
  const std::vector<benchfmt::Run> runs{RunOf("a"), RunOf("b")};
  const auto verdict_on = [&](const std::string& judge) {
    return QueryOf({"--judge=" + judge}).Compare(runs).rows.at(0).verdict;
  };
  EXPECT_EQ(verdict_on("x/op:higher,B/s"), compare::Verdict::kUndecided);
  EXPECT_EQ(verdict_on("MB/s"), compare::Verdict::kUndecided);
  EXPECT_EQ(verdict_on("items/s"), compare::Verdict::kNone);
  EXPECT_THROW(QueryOf({"--judge=B/s:up"}), Error);
}

TEST(Query, NamesAUnitThatIsInNoFile) {
  const std::vector<benchfmt::Run> runs{RunOf("a"), RunOf("b")};
  const auto warnings = QueryOf({"--judge=foo,B/s"}).Compare(runs).warnings;
  ASSERT_FALSE(warnings.empty());
  EXPECT_EQ(warnings.back(),
            "judged nothing: no benchmark has the unit \"foo\" (units: B/s, "
            "allocs/op)");
}

TEST(Query, OneValueOfAColumnKeyIsNothingToCompare) {
  const std::vector<benchfmt::Run> runs{RunOf("a")};
  EXPECT_THROW(QueryOf({"--col=k"}).Compare(runs), Error);
  EXPECT_TRUE(QueryOf({}).Compare(runs).contenders.empty());
}

}  // namespace
}  // namespace opstat::cli
