#include "opstat/compare/comparability.h"

#include <gtest/gtest.h>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

std::vector<benchfmt::Run> OtherHosts() {
  auto runs = PairOf("sec/op", Noise(10, 1, 0.003, 1), Noise(10, 2, 0.003, 2));
  runs[1].session = "another";
  runs[0].facts["host.cpu"] = "X";
  runs[1].facts["host.cpu"] = "Y";
  return runs;
}

TEST(Comparability, OfOtherHostsIsRefusedWithTheFact) {
  const auto runs = OtherHosts();
  const Row row = RowOf(CompareRuns(runs), "B", "sec/op");
  EXPECT_EQ(row.verdict, Verdict::kNotComparable);
  EXPECT_EQ(row.rule, "measured on different hosts: host.cpu differs: X, Y");
}

TEST(Comparability, OfOtherHostsIsWarnedOfWhenJudgedAllTheSame) {
  const auto runs = OtherHosts();
  Policy policy;
  policy.assume_independent = true;
  const Comparison comparison = CompareRuns(runs, policy);
  EXPECT_EQ(comparison.rows.at(0).verdict, Verdict::kRegression);
  ASSERT_EQ(comparison.warnings.size(), 1u);
  EXPECT_EQ(comparison.warnings[0],
            "a and b come of different hosts: host.cpu differs: X, Y");
}

TEST(Comparability, AsksBothSidesForAHost) {
  benchfmt::Run a = MakeRun("a"), b = MakeRun("b");
  b.facts["host.name"] = "h";
  EXPECT_EQ(HostDifference(a, b), "");
  a.facts["host.name"] = "g";
  EXPECT_EQ(HostDifference(a, b), "host.name differs: g, h");
}

}  // namespace
}  // namespace opstat::compare
