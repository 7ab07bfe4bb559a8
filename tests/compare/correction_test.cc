#include "opstat/compare/correction.h"

#include <gtest/gtest.h>

#include <vector>

#include "opstat/stats/multiple_testing.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

// p of a worsening; that of an improvement is the rest.
std::vector<NoisyNumbers> RowsOf(const Values& ps) {
  std::vector<NoisyNumbers> rows(ps.size());
  for (std::size_t i = 0; i < ps.size(); ++i) {
    rows[i].p = {.greater = ps[i], .less = 1 - ps[i]};
  }
  return rows;
}

Policy Corrected(Correction correction) {
  Policy policy;
  policy.alpha = 0.05;
  policy.correction = correction;
  return policy;
}

Values Levels(Correction correction, const Values& ps) {
  std::vector<NoisyNumbers> rows = RowsOf(ps);
  ShareAlpha(Corrected(correction), rows);
  Values levels;
  for (const NoisyNumbers& row : rows) levels.push_back(row.alpha_row);
  return levels;
}

TEST(Correction, OfBonferroniSharesAlphaEqually) {
  for (double level : Levels(Correction::kBonferroni, {0.001, 0.01, 0.9})) {
    EXPECT_DOUBLE_EQ(level, 0.05 / 3);
  }
}

TEST(Correction, RejectsExactlyWhatTheAdjustedPValuesReject) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    Values ps = Noise(1 + seed % 20, 0.03, 1.5, seed);
    for (double& p : ps) p = std::min(p, 0.49);
    const Values holm = stats::AdjustHolm(ps);
    const Values bh = stats::AdjustBenjaminiHochberg(ps);
    const Values holm_levels = Levels(Correction::kHolm, ps);
    const Values bh_levels = Levels(Correction::kBenjaminiHochberg, ps);
    for (std::size_t i = 0; i < ps.size(); ++i) {
      EXPECT_EQ(ps[i] <= holm_levels[i], holm[i] <= 0.05);
      EXPECT_EQ(ps[i] <= bh_levels[i], bh[i] <= 0.05);
    }
  }
}

// Three proven worsenings leave a fourth more room, and improvements none.
TEST(Correction, TakesWorseningsAndImprovementsForTwoFamilies) {
  std::vector<NoisyNumbers> rows = RowsOf({1e-5, 1e-5, 1e-5, 0.04, 0.99});
  rows[4].higher_is_better = true;  // so that its smaller p is a worsening's
  rows[3].higher_is_better = true;
  ShareAlpha(Corrected(Correction::kHolm), rows);
  EXPECT_DOUBLE_EQ(rows[0].alpha_row, 0.05 / 2);  // the fourth is rows[4]
  EXPECT_DOUBLE_EQ(rows[4].alpha_row, 0.05 / 2);
  EXPECT_DOUBLE_EQ(rows[3].alpha_row, 0.05 / 5);
}

TEST(Correction, OfScreenConfirmIsBonferronis) {
  Policy policy = Corrected(Correction::kHolm);
  policy.mode = Mode::kScreenConfirm;
  std::vector<NoisyNumbers> rows = RowsOf({1e-5, 1e-5});
  ShareAlpha(policy, rows);
  EXPECT_DOUBLE_EQ(rows[0].alpha_row, 0.025);
}

TEST(Correction, OfHolmSeesWhatBonferroniLeavesUndecided) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  const auto add = [&](const char* name, double factor) {
    Add(runs[0], name, "sec/op", Noise(6, 1, 0.001, 1));
    Add(runs[1], name, "sec/op", Noise(6, factor, 0.001, 2));
  };
  for (const char* name : {"V", "W", "X", "Y", "Z"}) add(name, 1.5);
  Values overlapping = Noise(6, 1.5, 0.001, 3);
  overlapping[0] = 0.5;  // p = 7 / 924
  Add(runs[0], "some", "sec/op", Noise(6, 1, 0.001, 1));
  Add(runs[1], "some", "sec/op", overlapping);
  const auto verdict = [&](Correction correction) {
    return RowOf(CompareRuns(runs, Corrected(correction)), "some", "sec/op")
        .verdict;
  };
  EXPECT_EQ(verdict(Correction::kBonferroni), Verdict::kUndecided);
  EXPECT_EQ(verdict(Correction::kHolm), Verdict::kRegression);
  EXPECT_EQ(verdict(Correction::kBenjaminiHochberg), Verdict::kRegression);
}

}  // namespace
}  // namespace opstat::compare
