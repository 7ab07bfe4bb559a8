#include "opstat/compare/geomean_rows.h"

#include <gtest/gtest.h>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

using Pairs = std::vector<std::pair<Values, Values>>;

// A benchmark a pair; an empty side has none.
Geomean GeomeanOf(const Pairs& pairs) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  int number = 0;
  for (const auto& [a, b] : pairs) {
    const std::string name = "B" + std::to_string(number++);
    if (!a.empty()) Add(runs[0], name, "allocs/op", a);
    if (!b.empty()) Add(runs[1], name, "allocs/op", b);
  }
  return CompareRuns(runs).geomean.at(0);
}

TEST(Geomean, IsOfCentersAndOfRatios) {
  const Geomean g = GeomeanOf({{{1}, {2}}, {{4}, {2}}, {{2}, {8}}});
  EXPECT_DOUBLE_EQ(*g.baseline, 2);
  EXPECT_NEAR(*g.contender, 3.1748021039363987, 1e-9);
  EXPECT_NEAR(*g.delta_percent, 58.74010519681994, 1e-9);
  EXPECT_TRUE(g.warnings.empty());
}

TEST(Geomean, OfZerosIsUndefined) {
  const Geomean g = GeomeanOf({{{1}, {0}}, {{4}, {2}}});
  EXPECT_DOUBLE_EQ(*g.baseline, 2);
  EXPECT_FALSE(g.contender || g.delta_percent);
  EXPECT_EQ(g.warnings,
            (std::vector<std::string>{"summaries must be >0 to compute geomean",
                                      "ratios must be >0 to compute geomean"}));
}

TEST(Geomean, OfZeroToSomethingHasNoDelta) {
  const Geomean g = GeomeanOf({{{0}, {5}}, {{4}, {2}}});
  EXPECT_FALSE(g.baseline || g.delta_percent);
  EXPECT_NEAR(*g.contender, 3.1622776601683795, 1e-9);
  EXPECT_EQ(g.warnings, std::vector<std::string>{
                            "summaries must be >0 to compute geomean"});
}

TEST(Geomean, OfZeroToZeroCountsAsUnchanged) {
  const Geomean g = GeomeanOf({{{0}, {0}}, {{4}, {2}}});
  EXPECT_NEAR(*g.delta_percent, 100 * (0.7071067811865476 - 1), 1e-9);
}

TEST(Geomean, WarnsWhenTheSetsDiffer) {
  const Geomean g = GeomeanOf({{{1}, {2}}, {{4}, {}}});
  EXPECT_DOUBLE_EQ(*g.baseline, 2);
  EXPECT_DOUBLE_EQ(*g.contender, 2);
  EXPECT_DOUBLE_EQ(*g.delta_percent, 100);
  EXPECT_EQ(g.warnings,
            std::vector<std::string>{"benchmark set differs from baseline; "
                                     "geomeans may not be comparable"});
}

TEST(Geomean, IsOneAUnitAndContender) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b"), MakeRun("c")};
  for (benchfmt::Run& run : runs) {
    for (const char* name : {"X", "Y"}) {
      Add(run, name, "sec/op", {1});
      Add(run, name, "B/op", {1});
    }
  }
  const Comparison comparison = CompareRuns(runs);
  ASSERT_EQ(comparison.geomean.size(), 4u);
  EXPECT_EQ(comparison.geomean[1].unit, "sec/op");
  EXPECT_EQ(comparison.geomean[1].contender_index, 1);
}

}  // namespace
}  // namespace opstat::compare
