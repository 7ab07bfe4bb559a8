#include "opstat/compare/confirm.h"

#include <gtest/gtest.h>

#include <limits>

#include "opstat/compare/draft.h"
#include "opstat/stats/mann_whitney.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

Policy ScreenConfirm() {
  Policy policy;
  policy.mode = Mode::kScreenConfirm;
  return policy;
}

const Policy kPolicy = ScreenConfirm();

Values Joined(Values screen, const Values& fresh) {
  screen.insert(screen.end(), fresh.begin(), fresh.end());
  return screen;
}

double SmallerP(const Values& a, const Values& b) {
  const stats::OneSidedP p = stats::MannWhitneyOneSided(a, b, 0.05);
  return std::min(p.greater, p.less);
}

// 10 samples that are 5% slower, and 20 that are not.
const Values kA = Noise(10, 100, 0.01, 1);
const Values kB = Noise(10, 105, 0.01, 2);
const Values kFreshA = Noise(20, 100, 0.01, 3);
const Values kFreshB = Noise(20, 98, 0.01, 4);

TEST(Confirm, NamesBenchmarksOnceInOrderAndNoOthers) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  const auto add = [&](const char* name, const char* unit, const Values& a,
                       const Values& b) {
    Add(runs[0], name, unit, a);
    Add(runs[1], name, unit, b);
  };
  add("slower", "sec/op", kA, kB);
  add("slower", "instructions/op", kA, kB);
  add("same", "sec/op", kA, Noise(10, 100, 0.01, 5));
  add("wide", "sec/op", Noise(10, 1, 0.3, 6), Noise(10, 1, 0.3, 6));
  add("allocates", "allocs/op", {1, 1}, {2, 2});
  add("shown", "items/op", kA, kB);
  Add(runs[1], "new", "sec/op", kB);
  const Comparison screen = CompareRuns(runs, kPolicy);
  EXPECT_EQ(BenchmarksToConfirm(screen),
            (std::vector<std::string>{"slower", "wide"}));
  EXPECT_EQ(RowOf(screen, "allocates", "allocs/op").verdict,
            Verdict::kRegression);
  EXPECT_TRUE(BenchmarksToConfirm(CompareRuns(runs)).empty());
}

TEST(Confirm, ThePOfAllSamplesDecides) {
  const Row screen = CompareValues("sec/op", kA, kB, kPolicy);
  EXPECT_TRUE(screen.wants_rounds);
  EXPECT_EQ(screen.stage, Stage::kScreen);
  EXPECT_DOUBLE_EQ(*screen.screen_p, SmallerP(kA, kB));
  const Values a = Joined(kA, kFreshA);
  const Values b = Joined(kB, kFreshB);
  const Row gone = CompareValues("sec/op", a, b, kPolicy);
  EXPECT_EQ(gone.stage, Stage::kConfirmed);
  EXPECT_NE(gone.verdict, Verdict::kRegression);
  EXPECT_FALSE(gone.wants_rounds);
  EXPECT_EQ(gone.baseline->n, 30);
  EXPECT_DOUBLE_EQ(*gone.screen_p, *screen.screen_p);
  EXPECT_DOUBLE_EQ(std::min(*gone.p_greater, *gone.p_less), SmallerP(a, b));
  const Row stays =
      CompareValues("sec/op", a, Joined(kB, Noise(20, 105, 0.01, 8)), kPolicy);
  EXPECT_EQ(stays.verdict, Verdict::kRegression);
}

TEST(Confirm, DraftsAreJudgedWhenTheirBenchmarksAreGone) {
  std::vector<benchfmt::Run> runs =
      PairOf("sec/op", Joined(kA, kFreshA), Joined(kB, kFreshB));
  const Row expected = CompareRuns(runs, kPolicy).rows.at(0);
  const Layout layout = ColumnsByRun(runs);
  Drafts drafts = MakeDrafts(layout, kPolicy);
  for (benchfmt::Run& run : runs) run.benchmarks.clear();
  const Comparison result = CompareDrafts(std::move(drafts), layout, kPolicy);
  EXPECT_EQ(result.rows.at(0).rule, expected.rule);
  EXPECT_EQ(result.rows.at(0).screen_p, expected.screen_p);
  EXPECT_EQ(result.rows.at(0).p_value, expected.p_value);
}

TEST(Confirm, WithoutFreshRoundsARowIsUndecided) {
  const Comparison screen = CompareRuns(PairOf("sec/op", kA, kB), kPolicy);
  EXPECT_EQ(screen.rows[0].verdict, Verdict::kUndecided);
  EXPECT_EQ(screen.outcome, 3);
}

// A shared baseline has fresh rounds for the sake of the other contender.
TEST(Confirm, FreshRoundsOfOneSideAloneDoNotCount) {
  const Row row = CompareValues("sec/op", Joined(kA, kFreshA), kB, kPolicy);
  EXPECT_EQ(row.stage, Stage::kScreen);
  EXPECT_EQ(row.baseline->n, 10);
  EXPECT_DOUBLE_EQ(*row.p_greater, SmallerP(kA, kB));
}

TEST(Confirm, ASampleThatFailedKeepsItsPlace) {
  Values a = Joined(kA, kFreshA);
  a[4] = std::numeric_limits<double>::quiet_NaN();
  const Row row = CompareValues("sec/op", a, Joined(kB, kFreshB), kPolicy);
  Values screen = kA;
  screen.erase(screen.begin() + 4);
  EXPECT_DOUBLE_EQ(*row.screen_p, SmallerP(screen, kB));
  EXPECT_EQ(row.baseline->n, 29);
}

TEST(Confirm, ScreensAtTheRoundsOfThePolicy) {
  Policy policy = kPolicy;
  policy.screen_rounds = 6;
  EXPECT_EQ(CompareValues("sec/op", kA, kB, policy).stage, Stage::kConfirmed);
  policy.screen_rounds = 12;
  EXPECT_EQ(CompareValues("sec/op", kA, kB, policy).stage, Stage::kScreen);
}

TEST(Confirm, ExactRowsAndShownRowsHaveNoScreen) {
  const Row exact = CompareValues("allocs/op", {1}, {2}, kPolicy);
  EXPECT_EQ(exact.stage, Stage::kOneShot);
  EXPECT_FALSE(exact.screen_p);
  const Row shown = CompareValues("items/op", kA, kB, kPolicy);
  EXPECT_EQ(shown.stage, Stage::kNone);
  EXPECT_FALSE(shown.screen_p);
}

TEST(SameCode, IsShownAndNotJudged) {
  std::vector<benchfmt::Run> runs = PairOf("sec/op", kA, kB);
  Add(runs[0], "B", "allocs/op", {1});
  Add(runs[1], "B", "allocs/op", {2});
  Layout layout = ColumnsByRun(runs);
  layout.columns[1].same_code = true;
  const Comparison comparison = Compare(layout, kPolicy);
  EXPECT_EQ(comparison.m, 0);
  EXPECT_EQ(comparison.outcome, 0);
  EXPECT_TRUE(BenchmarksToConfirm(comparison).empty());
  const Row time = RowOf(comparison, "B", "sec/op");
  EXPECT_EQ(time.verdict, Verdict::kSameCode);
  EXPECT_EQ(time.rule, "the programs are byte-identical");
  EXPECT_TRUE(time.p_value && time.hodges_lehmann && time.bound);
  const Row allocs = RowOf(comparison, "B", "allocs/op");
  EXPECT_EQ(allocs.verdict, Verdict::kSameCode);
  EXPECT_EQ(allocs.warnings,
            std::vector<std::string>{
                "differs though the programs are byte-identical"});
}

}  // namespace
}  // namespace opstat::compare
