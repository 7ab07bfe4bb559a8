#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Compare, SwapsVerdictsOfHigherIsBetter) {
  Policy policy;
  policy.judged["items_per_second"] = Better::kHigher;
  const Values a = Noise(10, 100, 0.002, 1);
  const Values b = Noise(10, 90, 0.002, 2);
  const Row loss = CompareValues("items_per_second", a, b, policy);
  EXPECT_EQ(loss.verdict, Verdict::kRegression);
  EXPECT_NEAR(*loss.bound, 0.1, 0.01);
  const Row gain = CompareValues("items_per_second", b, a, policy);
  EXPECT_EQ(gain.verdict, Verdict::kImprovement);
}

TEST(Compare, ShowsOtherUnitsWithoutJudgingThem) {
  const Row row = CompareValues("B/s", {1, 2, 3, 4, 5, 6}, {7, 8, 9, 9, 9, 9});
  EXPECT_EQ(row.role, Role::kShown);
  EXPECT_EQ(row.verdict, Verdict::kNone);
  EXPECT_TRUE(row.higher_is_better);
  EXPECT_TRUE(row.p_value && row.hodges_lehmann && row.bound);
  EXPECT_FALSE(row.alpha_row);
}

TEST(Compare, CountsAsMTheRowsThatATestDecides) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  for (benchfmt::Run& run : runs) {
    for (const char* name : {"X", "Y", "Z"}) {
      Add(run, name, "sec/op", {1, 1, 1});
      Add(run, name, "cpu-sec/op", {1, 1, 1});
      Add(run, name, "allocs/op", {2, 2, 2});
      Add(run, name, "iterations", {9, 9, 9});
    }
  }
  runs[1].benchmarks[0].measurements[2].values = {2, 3, 2};
  const Comparison comparison = CompareRuns(runs);
  EXPECT_EQ(comparison.m, 4);  // three clocks, and the count that varies
  EXPECT_EQ(comparison.rows.size(), 9u);  // no row of iterations
  const Row cpu = RowOf(comparison, "X", "cpu-sec/op");
  EXPECT_EQ(cpu.role, Role::kDecides);
  EXPECT_EQ(cpu.decided_by, "cpu-sec/op");
  EXPECT_DOUBLE_EQ(*cpu.alpha_row, 0.01 / 4);
  const Row wall = RowOf(comparison, "X", "sec/op");
  EXPECT_EQ(wall.role, Role::kShown);
  EXPECT_EQ(wall.decided_by, "cpu-sec/op");
}

TEST(Compare, OrdersRowsByUnitThenContenderThenBenchmark) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b"), MakeRun("c")};
  for (benchfmt::Run& run : runs) {
    for (const char* name : {"Y", "X"}) {
      Add(run, name, "sec/op", {1});
      Add(run, name, "B/op", {1});
    }
  }
  std::string order;
  for (const Row& row : CompareRuns(runs).rows) {
    order += row.unit.front() + std::to_string(row.contender_index) +
             row.benchmark() + " ";
  }
  EXPECT_EQ(order, "s0Y s0X s1Y s1X B0Y B0X B1Y B1X ");
}

TEST(Compare, JudgesEachOfSeveralContenders) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b"), MakeRun("c")};
  Add(runs[0], "B", "allocs/op", {5});
  Add(runs[1], "B", "allocs/op", {0});
  Add(runs[2], "B", "allocs/op", {6});
  const Comparison comparison = CompareRuns(runs);
  EXPECT_EQ(RowOf(comparison, "B", "allocs/op", 0).verdict,
            Verdict::kImprovement);
  EXPECT_EQ(RowOf(comparison, "B", "allocs/op", 1).verdict,
            Verdict::kRegression);
  EXPECT_EQ(comparison.contenders.size(), 2u);
}

TEST(Compare, CallsOneSidedBenchmarksMissingAndNew) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  Add(runs[0], "Old", "allocs/op", {5});
  Add(runs[0], "Old", "faults/op", {5});
  Add(runs[1], "New", "allocs/op", {5});
  const Comparison comparison = CompareRuns(runs);
  const Row old = RowOf(comparison, "Old", "allocs/op");
  EXPECT_EQ(old.verdict, Verdict::kMissing);
  EXPECT_EQ(old.sides, Sides::kBaseOnly);
  EXPECT_TRUE(old.baseline && !old.contender && !old.ratio);
  const Row added = RowOf(comparison, "New", "allocs/op");
  EXPECT_EQ(added.verdict, Verdict::kNew);
  EXPECT_EQ(added.sides, Sides::kHeadOnly);
  EXPECT_EQ(RowOf(comparison, "Old", "faults/op").verdict, Verdict::kNone);
}

TEST(Compare, NeverTakesUnmeasuredForZero) {
  for (const Values& unmeasured : {Values{kNaN, kNaN}, Values{}}) {
    auto runs = PairOf("allocs/op", {5, 5}, unmeasured);
    if (unmeasured.empty()) runs[1].benchmarks[0].measurements.clear();
    const Comparison comparison = CompareRuns(runs);
    const Row& row = comparison.rows.at(0);
    EXPECT_EQ(row.sides, Sides::kBoth);
    EXPECT_FALSE(row.contender);
    EXPECT_FALSE(row.ratio);
    EXPECT_EQ(row.verdict, Verdict::kNotComparable);
    EXPECT_EQ(row.warnings,
              std::vector<std::string>{"unmeasured on contender"});
  }
}

TEST(Compare, DropsUnmeasuredValues) {
  const Row row = CompareValues("allocs/op", {5, kNaN, 5}, {kNaN, 6});
  EXPECT_EQ(row.baseline->n, 2);
  EXPECT_EQ(row.contender->n, 1);
  EXPECT_EQ(row.verdict, Verdict::kRegression);
}

TEST(Compare, TakesOneSampleASide) {
  const Row row = CompareValues("sec/op", {1}, {2});
  EXPECT_EQ(row.verdict, Verdict::kUndecided);
  EXPECT_TRUE(row.cannot_tell);
  EXPECT_FALSE(row.bound);
  EXPECT_TRUE(std::isinf(row.baseline->high));
  EXPECT_TRUE(std::isinf(row.hodges_lehmann->high));
  EXPECT_EQ(row.p_value, 1);
}

TEST(Compare, TakesAZeroBaseline) {
  Policy policy;
  policy.judged["faults/op"] = Better::kLower;
  const Row row =
      CompareValues("faults/op", Values(10, 0.0), Values(10, 5.0), policy);
  EXPECT_FALSE(row.ratio);
  EXPECT_EQ(row.difference, 5);
  EXPECT_EQ(row.verdict, Verdict::kRegression);
  const Row equal =
      CompareValues("faults/op", Values(10, 0.0), Values(10, 0.0), policy);
  EXPECT_EQ(equal.ratio, 1);
  EXPECT_EQ(equal.verdict, Verdict::kUnchanged);
}

TEST(Compare, TakesEqualSamplesForUnchanged) {
  const Values same(10, 7.0);
  const Row row = CompareValues("instructions/op", same, same);
  EXPECT_EQ(row.role, Role::kNearExact);
  EXPECT_EQ(row.tau.value, 0.002);
  EXPECT_EQ(row.verdict, Verdict::kUnchanged);
  EXPECT_EQ(row.warnings, std::vector<std::string>{"all samples are equal"});
}

TEST(Compare, RefusesTimesOfDifferentSessions) {
  auto runs = PairOf("sec/op", Noise(10, 1, 0.003, 1), Noise(10, 2, 0.003, 2));
  EXPECT_EQ(CompareRuns(runs).rows[0].verdict, Verdict::kRegression);
  runs[1].session = "t";
  const Comparison refused = CompareRuns(runs);
  EXPECT_FALSE(refused.interleaved);
  EXPECT_EQ(refused.session, "");
  EXPECT_EQ(refused.m, 0);
  const Row& row = refused.rows[0];
  EXPECT_EQ(row.verdict, Verdict::kNotComparable);
  EXPECT_EQ(row.rule,
            "measured in different sessions, one after the other "
            "(--assume-independent judges all the same)");
  EXPECT_TRUE(row.p_value && row.hodges_lehmann);
  for (benchfmt::Run& run : runs) run.session.clear();
  EXPECT_EQ(CompareRuns(runs).rows[0].verdict, Verdict::kNotComparable);
}

TEST(Compare, RefusesTimesUnderASanitizer) {
  auto runs = PairOf("sec/op", Noise(10, 1, 0.003, 1), Noise(10, 2, 0.003, 2));
  runs[1].facts["build.sanitizer"] = "address";
  const Row row = CompareRuns(runs).rows[0];
  EXPECT_EQ(row.verdict, Verdict::kNotComparable);
  EXPECT_EQ(row.rule, "built with a sanitizer (address): times mean nothing");
}

TEST(Compare, RefusesRepetitionsOfOneProcessUnlessToldOtherwise) {
  auto runs = PairOf("sec/op", Noise(10, 1, 0.003, 1), Noise(10, 2, 0.003, 2));
  runs[1].process_samples = false;
  const Comparison refused = CompareRuns(runs);
  EXPECT_EQ(refused.rows[0].verdict, Verdict::kNotComparable);
  EXPECT_EQ(refused.warnings.size(), 1u);
  Policy policy;
  policy.assume_independent = true;
  EXPECT_EQ(CompareRuns(runs, policy).rows[0].verdict, Verdict::kRegression);
}

TEST(Compare, TakesTauFromThePolicy) {
  const Values a = Noise(10, 100, 0.001, 1);
  const Values b = Noise(10, 102, 0.001, 2);
  Policy policy;
  EXPECT_EQ(CompareValues("sec/op", a, b, policy).verdict,
            Verdict::kRegression);
  policy.taus["B"] = {0.04, "30 A/A comparisons"};
  const Row row = CompareValues("sec/op", a, b, policy);
  EXPECT_EQ(row.verdict, Verdict::kUnchanged);
  EXPECT_EQ(row.tau.origin, "30 A/A comparisons");
  policy.taus["B"].value = 0.06;
  EXPECT_EQ(CompareValues("sec/op", a, b, policy).verdict, Verdict::kUndecided);
}

TEST(Compare, DescribesBothSides) {
  auto runs = PairOf("allocs/op", {1}, {1});
  runs[0].facts = {{"host.name", "h"}, {"commit.hash", "1234"}};
  runs[1].facts = {{"host.name", "h"}, {"commit.hash", "5678"}};
  runs[0].seed = runs[1].seed = 7;
  const Comparison comparison = CompareRuns(runs);
  EXPECT_EQ(comparison.baseline.label, "a");
  EXPECT_EQ(comparison.baseline.commit, "1234");
  EXPECT_EQ(comparison.contenders[0].run, "b id");
  EXPECT_EQ(comparison.session, "session");
  EXPECT_TRUE(comparison.interleaved);
  EXPECT_EQ(comparison.seed, 7u);
  EXPECT_EQ(comparison.environment.size(), 1u);
  EXPECT_EQ(comparison.environment.at("host.name"), "h");
  EXPECT_STREQ(Name(comparison.policy.mode), "one-shot");
}

TEST(Compare, GivesRowsTheKeysOfTheirNames) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  for (benchfmt::Run& run : runs) {
    Add(run, "Conv/algo:im2col/shape:GEMM", "allocs/op", {1});
  }
  const Row row = CompareRuns(runs).rows.at(0);
  EXPECT_EQ(row.subject->key.at("algo"), "im2col");
  EXPECT_EQ(row.subject->key.at("shape"), "GEMM");
}

TEST(Names, AreThoseOfTheDocuments) {
  EXPECT_STREQ(Name(Verdict::kNone), "");
  EXPECT_STREQ(Name(Verdict::kNoChangeSeen), "no-change-seen");
  EXPECT_STREQ(Name(Verdict::kNotComparable), "not-comparable");
  EXPECT_STREQ(Name(Role::kNearExact), "near-exact");
  EXPECT_STREQ(Name(Sides::kHeadOnly), "head-only");
}

TEST(Compare, AColumnAloneIsShownAndNotJudged) {
  const std::vector<benchfmt::Run> alone = {
      PairOf("allocs/op", {3, 3}, {1, 1}).front()};
  const Comparison comparison = CompareRuns(alone);
  ASSERT_EQ(comparison.rows.size(), 1u);
  EXPECT_EQ(comparison.rows[0].baseline->center, 3);
  EXPECT_FALSE(comparison.rows[0].contender);
  EXPECT_EQ(comparison.rows[0].verdict, Verdict::kNone);
  EXPECT_TRUE(comparison.contenders.empty());
  EXPECT_EQ(comparison.outcome, 4);
}

}  // namespace
}  // namespace opstat::compare
