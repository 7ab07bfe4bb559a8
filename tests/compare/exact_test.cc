#include <gtest/gtest.h>

#include "opstat/compare/decision.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

struct Case {
  const char* what;
  Values baseline, contender;
  Verdict verdict;
  const char* warning = "";
};

const Values kAlmostAlwaysZero{0, 0, 0, 0, 0, 1, 0, 0, 0, 0};

const Case kCases[] = {
    {"equal at n=1", {64}, {64}, Verdict::kUnchanged},
    {"0 -> 0", {0, 0}, {0, 0, 0}, Verdict::kUnchanged},
    {"more at n=1", {64}, {65}, Verdict::kRegression},
    {"less at n=1", {65}, {64}, Verdict::kImprovement},
    {"0 -> k", {0}, {5}, Verdict::kRegression},
    {"k -> 0", {5}, {0}, Verdict::kImprovement},
    {"1,000,000 -> 1,000,001", {1e6}, {1e6 + 1}, Verdict::kRegression},
    {"varies and is all above",
     {3, 4},
     {5, 6},
     Verdict::kRegression,
     "not deterministic"},
    {"varies and is all below",
     {3, 4},
     {1, 2},
     Verdict::kImprovement,
     "not deterministic"},
    {"0 -> 1 or 2",
     {0, 0},
     {1, 2},
     Verdict::kRegression,
     "became non-deterministic"},
    {"overlaps at small n",
     {3, 3},
     {3, 4},
     Verdict::kUndecided,
     "became non-deterministic"},
    {"sometimes allocates", Values(10, 0.0), kAlmostAlwaysZero,
     Verdict::kUndecided, "sometimes allocates"},
    {"both vary", {3, 4}, {3, 4}, Verdict::kUndecided, "not deterministic"},
};

TEST(ExactRow, IsDecidedByItsRange) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.what);
    const Row row = CompareValues("allocs/op", c.baseline, c.contender);
    EXPECT_EQ(row.role, Role::kExact);
    EXPECT_EQ(row.verdict, c.verdict) << row.rule;
    EXPECT_EQ(row.warnings.empty() ? "" : row.warnings.back(),
              std::string(c.warning));
  }
}

TEST(ExactRow, HasNoPValuesUnlessItVaries) {
  const Row constant = CompareValues("B/op", {64, 64}, {80, 80});
  EXPECT_FALSE(constant.p_value || constant.p_greater || constant.p_less);
  EXPECT_FALSE(constant.alpha_row);
  EXPECT_EQ(constant.rule, "exact: 64 -> 80");
  const Row varying = CompareValues("B/op", {64, 64}, {64, 80});
  EXPECT_TRUE(varying.p_value && varying.p_greater && varying.p_less);
}

TEST(ExactRow, HasNoRatioFromZero) {
  const Row grown = CompareValues("B/op", {0}, {320});
  EXPECT_FALSE(grown.ratio);
  EXPECT_EQ(grown.difference, 320);
  const Row zero = CompareValues("B/op", {0}, {0});
  EXPECT_EQ(zero.ratio, 1);
}

// Values of total / N are known to 1 / N: 3 + 1/N is 3 allocations an op and
// one before the first.
Row CompareTotals(double a, double a_iterations, double b,
                  double b_iterations) {
  auto runs = PairOf("allocs/op", {a}, {b});
  Add(runs[0], "B", "iterations", {a_iterations});
  Add(runs[1], "B", "iterations", {b_iterations});
  return RowOf(CompareRuns(runs), "B", "allocs/op");
}

TEST(ExactRow, ComparesTotalsToTheirResolution) {
  EXPECT_EQ(CompareTotals(3, 1e5, 3 + 1e-5, 1e5).verdict, Verdict::kUnchanged);
  EXPECT_EQ(CompareTotals(3 + 1e-5, 1e5, 3 + 1e-3, 1e3).verdict,
            Verdict::kUnchanged);
  EXPECT_EQ(CompareTotals(3, 1e5, 3 + 2.1e-5, 1e5).verdict,
            Verdict::kRegression);
  EXPECT_EQ(CompareTotals(3.5, 1e5, 3 + 1e-5, 1e5).verdict,
            Verdict::kImprovement);
}

TEST(ExactRow, OfTotalsIsConstantWithinItsResolution) {
  auto runs = PairOf("allocs/op", {3 + 1e-4, 3 + 5e-4}, {3, 3 + 2e-4});
  Add(runs[0], "B", "iterations", {1e4, 2e3});
  Add(runs[1], "B", "iterations", {1e4, 5e3});
  const Row row = RowOf(CompareRuns(runs), "B", "allocs/op");
  EXPECT_EQ(row.verdict, Verdict::kUnchanged);
  EXPECT_EQ(row.rule, "equal within 1/iterations");
  EXPECT_TRUE(row.warnings.empty());
}

TEST(ExactRow, OfDifferentSessionsNeedsTheSameBuild) {
  auto runs = PairOf("allocs/op", {1}, {2});
  runs[1].session = "another";
  for (benchfmt::Run& run : runs) run.facts["build.compiler"] = "g++ 12";
  EXPECT_EQ(CompareRuns(runs).rows[0].verdict, Verdict::kRegression);
  runs[1].facts["build.compiler"] = "clang 14";
  const Comparison refused = CompareRuns(runs);
  EXPECT_EQ(refused.rows[0].verdict, Verdict::kNotComparable);
  EXPECT_EQ(refused.rows[0].rule, "build.compiler differs: g++ 12, clang 14");
  runs[1].session = runs[0].session;
  EXPECT_EQ(CompareRuns(runs).rows[0].verdict, Verdict::kRegression);
}

TEST(ExactRow, CountedInDifferentWaysIsNotComparable) {
  auto runs = PairOf("allocs/op", {1}, {2});
  runs[1].facts["alloc.method"] = "difference";
  EXPECT_EQ(CompareRuns(runs).rows[0].verdict, Verdict::kNotComparable);
}

TEST(ExactRow, OfOneProcessIsTestedOnlyWhenConstant) {
  auto runs = PairOf("allocs/op", {1, 1}, {2, 2});
  runs[0].process_samples = runs[1].process_samples = false;
  EXPECT_EQ(CompareRuns(runs).rows[0].verdict, Verdict::kRegression);
  runs[1].benchmarks[0].measurements[0].values = {1, 2};
  EXPECT_EQ(CompareRuns(runs).rows[0].verdict, Verdict::kNotComparable);
}

}  // namespace
}  // namespace opstat::compare
