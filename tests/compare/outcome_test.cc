#include "opstat/compare/outcome.h"

#include <gtest/gtest.h>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

Row Judged(Verdict verdict) {
  Row row;
  row.verdict = verdict;
  return row;
}

Row Noisy(Verdict verdict, bool cannot_tell = false) {
  Row row = Judged(verdict);
  row.alpha_row = 0.01;
  row.cannot_tell = cannot_tell;
  return row;
}

int Outcome(std::vector<Row> rows, const Policy& policy = {},
            SelfCheck check = {}) {
  Comparison comparison;
  comparison.rows = std::move(rows);
  comparison.policy = policy;
  comparison.self_check = check;
  return OutcomeOf(comparison);
}

const SelfCheck kFires{.tests = 20, .fired = 9, .limit = 4};
const Row kFine = Noisy(Verdict::kUnchanged);

TEST(Outcome, IsFineWhenEveryRowIs) {
  EXPECT_EQ(Outcome({kFine, Noisy(Verdict::kNoChangeSeen),
                     Noisy(Verdict::kImprovement), Judged(Verdict::kNew),
                     Noisy(Verdict::kUndecided)}),
            0);
}

// Ten times slower in another session is no pass.
TEST(Outcome, IsThreeWhereARowCouldNotBeCompared) {
  EXPECT_EQ(Outcome({kFine, Judged(Verdict::kNotComparable)}), 3);
}

TEST(Outcome, IsOneForARegression) {
  EXPECT_EQ(Outcome({kFine, Noisy(Verdict::kRegression),
                     Noisy(Verdict::kUndecided, true)}),
            1);
}

TEST(Outcome, OfAMissingBenchmarkIsThePolicys) {
  Policy policy;
  EXPECT_EQ(Outcome({kFine, Judged(Verdict::kMissing)}, policy), 1);
  policy.missing_fails = false;
  EXPECT_EQ(Outcome({kFine, Judged(Verdict::kMissing)}, policy), 0);
}

TEST(Outcome, IsThreeWhereARowCannotTell) {
  const std::vector<Row> rows{kFine, Noisy(Verdict::kUndecided, true)};
  EXPECT_EQ(Outcome(rows), 3);
  Policy policy;
  policy.cannot_tell_passes = true;
  EXPECT_EQ(Outcome(rows, policy), 0);
}

TEST(Outcome, CountsOnlyExactFindingsWhenTheSelfCheckFires) {
  EXPECT_EQ(Outcome({kFine}, {}, kFires), 3);
  EXPECT_EQ(Outcome({Noisy(Verdict::kRegression)}, {}, kFires), 3);
  EXPECT_EQ(Outcome({Judged(Verdict::kRegression)}, {}, kFires), 1);
}

TEST(Outcome, IsFourWhenNothingWasJudged) {
  EXPECT_EQ(Outcome({}), 4);
  EXPECT_EQ(Outcome({Judged(Verdict::kNone), Judged(Verdict::kMissing),
                     Judged(Verdict::kNew), Judged(Verdict::kNotComparable)}),
            4);
}

TEST(Outcome, OfAComparisonIsThatOfItsRows) {
  EXPECT_EQ(CompareRuns(PairOf("allocs/op", {1}, {2})).outcome, 1);
  EXPECT_EQ(CompareRuns(PairOf("allocs/op", {2}, {2})).outcome, 0);
  EXPECT_EQ(CompareRuns(PairOf("sec/op", {2}, {2})).outcome, 3);
  EXPECT_EQ(CompareRuns(PairOf("B/s", {2}, {2})).outcome, 4);
}

}  // namespace
}  // namespace opstat::compare
