#include "opstat/compare/gate.h"

#include <gtest/gtest.h>

#include <utility>

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
  ApplyGate(comparison);
  return comparison.outcome;
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

Rule RuleFor(std::vector<std::string> units, const char* names = ".") {
  return {.origin = "opstat.toml:3",
          .benchmarks = Filter::ByName(names, "benchmark"),
          .units = std::move(units)};
}

Comparison Gated(const std::string& unit, const Values& a, const Values& b,
                 std::vector<Rule> rules) {
  Policy policy;
  policy.rules = std::move(rules);
  return CompareRuns(PairOf(unit, a, b), policy);
}

TEST(Gate, AllowsAnExactWorseningUpToItsThreshold) {
  Rule rule = RuleFor({"allocs/op"});
  rule.threshold = Allowance{.absolute = 2};
  const auto gate = [&](double head) {
    return Gated("allocs/op", {10}, {head}, {rule});
  };
  EXPECT_EQ(gate(12).outcome, 0);
  EXPECT_EQ(gate(12).rows[0].gate.result, GateResult::kAllowed);
  EXPECT_EQ(gate(12).rows[0].gate.reason, "+2 (+20.0%) is within +2");
  EXPECT_EQ(gate(13).outcome, 1);
  EXPECT_EQ(gate(13).rows[0].gate.reason, "+3 (+30.0%) is beyond +2");
}

TEST(Gate, AShareOfZeroIsNothing) {
  Rule rule = RuleFor({"allocs/op"});
  rule.threshold = Allowance{.relative = 9};
  EXPECT_EQ(Gated("allocs/op", {0}, {1}, {rule}).outcome, 1);
}

// 51 / 50 - 1 is not quite 0.02.
TEST(Gate, RoundingDoesNotFail) {
  Rule rule = RuleFor({"B/op"});
  rule.threshold = Allowance{.relative = 0.02};
  EXPECT_EQ(Gated("B/op", {50}, {51}, {rule}).outcome, 0);
  EXPECT_EQ(Gated("B/op", {50}, {51.001}, {rule}).outcome, 1);
}

TEST(Gate, AllowsATimeUpToItsThresholdAndNoWiderBoundThanThat) {
  Rule rule = RuleFor({"time"});
  const auto gate = [&](double factor) {
    return Gated("sec/op", Noise(20, 1, 0.01, 1), Noise(20, factor, 0.01, 2),
                 {rule});
  };
  EXPECT_EQ(gate(1.15).outcome, 1);
  rule.threshold = Allowance{.relative = 0.25};
  EXPECT_EQ(gate(1.15).outcome, 0);
  EXPECT_EQ(gate(1.15).rows[0].gate.result, GateResult::kAllowed);
  EXPECT_EQ(gate(1.15).rows[0].must_see, 0.25);
  EXPECT_EQ(gate(1.3).outcome, 1);
}

TEST(Gate, ReportsWithoutFailing) {
  Rule rule = RuleFor({"allocs/op"});
  rule.role = GateRole::kReport;
  const Comparison comparison = Gated("allocs/op", {1}, {2}, {rule});
  EXPECT_EQ(comparison.rows[0].verdict, Verdict::kRegression);
  EXPECT_EQ(comparison.rows[0].gate.result, GateResult::kReport);
  EXPECT_EQ(comparison.outcome, 4) << "nothing is gated";
}

TEST(Gate, WhatIsIgnoredIsNoPartOfM) {
  Rule rule = RuleFor({"time"});
  rule.role = GateRole::kIgnore;
  const auto times = [&](std::vector<Rule> rules) {
    return Gated("sec/op", Noise(10, 1, 0.01, 1), Noise(10, 2, 0.01, 2),
                 std::move(rules));
  };
  EXPECT_EQ(times({}).m, 1);
  EXPECT_EQ(times({rule}).m, 0);
  EXPECT_EQ(times({rule}).rows[0].verdict, Verdict::kNone);
}

TEST(Gate, JudgesAShownUnitThatARuleNames) {
  Rule rule = RuleFor({"misses/op"});
  const auto gate = [&] {
    return Gated("misses/op", Noise(20, 1, 0.01, 1), Noise(20, 2, 0.01, 2),
                 {rule});
  };
  EXPECT_EQ(gate().outcome, 1);
  rule.better = Better::kHigher;
  EXPECT_EQ(gate().rows[0].verdict, Verdict::kImprovement);
  rule.units.clear();
  EXPECT_EQ(gate().outcome, 4) << "a rule for all units names none";
}

TEST(Gate, TheLaterRuleGoesFirstKeyByKey) {
  Rule all = RuleFor({}), some = RuleFor({"allocs/op"});
  all.role = GateRole::kReport;
  all.threshold = Allowance{.absolute = 5};
  some.role = GateRole::kGate;
  const Row row = Gated("allocs/op", {1}, {6}, {all, some}).rows[0];
  EXPECT_EQ(row.limits->role, GateRole::kGate);
  EXPECT_EQ(row.limits->threshold.absolute, 5);
  EXPECT_EQ(row.gate.result, GateResult::kAllowed);
}

TEST(Gate, ARuleIsForTheBenchmarksItNames) {
  Rule rule = RuleFor({}, "^Other");
  rule.role = GateRole::kIgnore;
  const Comparison comparison = Gated("allocs/op", {1}, {2}, {rule});
  EXPECT_EQ(comparison.outcome, 1);
  EXPECT_EQ(comparison.warnings.back(),
            "opstat.toml:3: the rule matches no row here");
}

TEST(Gate, ARuleForWhatNobodyMeasuredSaysSo) {
  Rule rule = RuleFor({});
  rule.units = {"B/op", "allocs/op"};
  EXPECT_EQ(Gated("frees/op", {1}, {1}, {rule}).warnings.back(),
            "opstat.toml:3: the rule matches no row here: nothing was measured "
            "in B/op, allocs/op");
}

TEST(Gate, MissingBenchmarksAreTheRules) {
  Rule rule = RuleFor({});
  rule.missing_fails = false;
  std::vector<benchfmt::Run> runs = PairOf("allocs/op", {1}, {1});
  Add(runs[0], "Gone", "allocs/op", {1});
  Policy policy;
  EXPECT_EQ(CompareRuns(runs, policy).outcome, 1);
  policy.rules = {rule};
  EXPECT_EQ(CompareRuns(runs, policy).outcome, 0);
}

TEST(Gate, ABudgetHoldsWhateverTheBaselineHas) {
  Rule rule = RuleFor({"allocs/op"});
  rule.budget = 2;
  EXPECT_EQ(Gated("allocs/op", {3}, {3}, {rule}).outcome, 1);
  EXPECT_EQ(Gated("allocs/op", {3}, {2}, {rule}).outcome, 0);
  EXPECT_EQ(Gated("allocs/op", {3}, {3}, {rule}).rows[0].gate.reason,
            "3 is beyond the budget of 2");
}

TEST(Gate, ABudgetHoldsForANewBenchmark) {
  Rule rule = RuleFor({"allocs/op"}, "^New");
  rule.budget = 0;
  std::vector<benchfmt::Run> runs = PairOf("allocs/op", {1}, {1});
  Add(runs[1], "New", "allocs/op", {1});
  Policy policy;
  EXPECT_EQ(CompareRuns(runs, policy).outcome, 0);
  policy.rules = {rule};
  EXPECT_EQ(CompareRuns(runs, policy).outcome, 1);
}

// Half of the samples beyond a budget prove nothing.
TEST(Gate, ATimeIsBeyondItsBudgetWhenItsWholeIntervalIs) {
  Rule rule = RuleFor({"time"});
  const Values values = Noise(20, 1, 0.1, 1);
  for (const auto& [budget, outcome] :
       std::vector<std::pair<double, int>>{{0.8, 1}, {1.0, 0}, {1.2, 0}}) {
    rule.budget = budget;
    Policy policy;
    policy.rules = {rule};
    policy.cannot_tell_passes = true;
    EXPECT_EQ(CompareRuns(PairOf("sec/op", values, values), policy).outcome,
              outcome)
        << budget;
  }
}

TEST(Gate, WhatIsAcceptedDoesNotFail) {
  Comparison comparison = CompareRuns(PairOf("allocs/op", {1}, {2}));
  comparison.rows[0].accepted = "caches the plan";
  ApplyGate(comparison);
  EXPECT_EQ(comparison.outcome, 0);
  EXPECT_EQ(comparison.rows[0].gate.result, GateResult::kAccepted);
  EXPECT_EQ(comparison.rows[0].gate.reason, "caches the plan");
}

}  // namespace
}  // namespace opstat::compare
