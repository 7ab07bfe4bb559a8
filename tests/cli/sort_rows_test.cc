#include "opstat/cli/sort_rows.h"

#include <gtest/gtest.h>

#include "tests/compare/runs.h"

namespace opstat::cli {
namespace {

using Names = std::vector<std::string>;

struct Change {
  std::string benchmark;
  compare::Values baseline, contender;
};

// The benchmarks of `changes`, measured in `unit`, as they stand afterwards.
Names Sorted(const std::string& unit, const std::vector<Change>& changes,
             RowOrder order) {
  std::vector<benchfmt::Run> runs = {compare::MakeRun("base"),
                                     compare::MakeRun("head")};
  for (const auto& [benchmark, baseline, contender] : changes) {
    if (!baseline.empty()) compare::Add(runs[0], benchmark, unit, baseline);
    if (!contender.empty()) compare::Add(runs[1], benchmark, unit, contender);
  }
  compare::Comparison comparison = compare::CompareRuns(runs);
  SortRows(comparison, order);
  Names names;
  for (const compare::Row& row : comparison.rows)
    names.push_back(row.benchmark());
  return names;
}

TEST(SortRows, PutsTheLargestWorseningFirstAndWhatHasNoRatioLast) {
  EXPECT_EQ(Sorted("allocs/op",
                   {{"Gone", {4}, {}},
                    {"Halved", {4}, {2}},
                    {"Same", {4}, {4}},
                    {"Doubled", {2}, {4}},
                    {"FromNothing", {0}, {1}}},
                   RowOrder::kChange),
            (Names{"FromNothing", "Doubled", "Same", "Halved", "Gone"}));
}

TEST(SortRows, OfARateTheLargestFallIsTheLargestWorsening) {
  EXPECT_EQ(
      Sorted(
          "items/s",
          {{"Faster", {5}, {10}}, {"Slower", {10}, {5}}, {"Stands", {10}, {0}}},
          RowOrder::kChange),
      (Names{"Stands", "Slower", "Faster"}));
}

TEST(SortRows, OrdersByNameOnlyWhenAsked) {
  const std::vector<Change> changes = {{"B", {1}, {2}}, {"A", {1}, {1}}};
  EXPECT_EQ(Sorted("allocs/op", changes, RowOrder::kName), (Names{"A", "B"}));
  EXPECT_EQ(Sorted("allocs/op", changes, RowOrder::kProgram),
            (Names{"B", "A"}));
}

}  // namespace
}  // namespace opstat::cli
