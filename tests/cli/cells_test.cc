#include "opstat/cli/cells.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace opstat::cli {
namespace {

using compare::Center;
using compare::Role;
using compare::Row;
using compare::Verdict;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Row Timed(double base, double head, double p) {
  Row row;
  row.unit = "cpu-sec/op";
  row.role = Role::kDecides;
  row.baseline = Center{.n = 12, .center = base, .low = base, .high = base};
  row.contender = Center{.n = 12, .center = head, .low = head, .high = head};
  row.ratio = head / base;
  row.p_value = p;
  return row;
}

TEST(CenterUncertainty, IsTheWiderHalfOfTheInterval) {
  EXPECT_EQ(CenterUncertainty({10, 100, 99, 103, .95}), "± 3%");
  EXPECT_EQ(CenterUncertainty({10, 100, 95, 103, .95}), "± 5%");
}

TEST(CenterUncertainty, SaysWhenThereIsNoBound) {
  EXPECT_EQ(CenterUncertainty({3, 100, -kInfinity, kInfinity, 1}), "± ∞");
  EXPECT_EQ(CenterUncertainty({9, 1, -1, 2, .95}), "± ?");
}

TEST(Uncertainty, AConstantExactUnitIsExactEvenAtNOne) {
  Row row;
  row.role = Role::kExact;
  const Center alone{1, 3, -kInfinity, kInfinity, 1};
  EXPECT_EQ(Uncertainty(row, alone, std::vector{3.0}), "exact");
  EXPECT_EQ(Uncertainty(row, alone, std::vector{3.0, 4.0}), "± ∞");
  row.role = Role::kDecides;
  EXPECT_EQ(Uncertainty(row, alone, std::vector{3.0}), "± ∞");
}

TEST(Delta, IsPrintedAsBenchstatPrintsIt) {
  EXPECT_EQ(Delta(Timed(100, 95.55, 0.001)), "-4.45%");
  EXPECT_EQ(Delta(Timed(100, 105, 0.2)), "~");
  EXPECT_EQ(Delta(Timed(100, 100, 0.01)), "0.00%");
}

TEST(Delta, FromZeroIsTheDifferenceNotAQuestionMark) {
  Row row = Timed(0, 5, 0);
  row.role = Role::kExact;
  row.p_value.reset();
  row.ratio.reset();
  row.difference = 5;
  EXPECT_EQ(Delta(row), "+5");
}

TEST(ChangeInterval, IsTheHodgesLehmannOne) {
  Row row = Timed(100, 95, 0.001);
  row.hodges_lehmann = Row::Interval{.95, .945, .973, .95};
  EXPECT_EQ(ChangeInterval(row), "[-5.50%, -2.70%]");
  row.hodges_lehmann->high = kInfinity;
  EXPECT_EQ(ChangeInterval(row), "[-∞, +∞]");
}

TEST(TestAndSize, NamesTheTestAndBothSizes) {
  Row row = Timed(100, 95, 0.0004);
  EXPECT_EQ(TestAndSize(row), "(p=0.000 n=12)");
  row.contender->n = 5;
  EXPECT_EQ(TestAndSize(row), "(p=0.000 n=12+5)");
  row.role = Role::kExact;
  row.p_value.reset();
  EXPECT_EQ(TestAndSize(row), "(exact n=12+5)");
}

TEST(Delta, OfOneShownValueASideIsThePlainPercentage) {
  Row row = Timed(408, 1208, 1);
  row.unit = "peak-B";
  row.role = Role::kShown;
  row.baseline->n = row.contender->n = 1;
  row.hodges_lehmann = Row::Interval{2.96, 0, kInfinity, .95};
  row.warnings = {"need >= 6 samples for an interval"};
  EXPECT_EQ(Delta(row), "+196.08%");
  EXPECT_EQ(ChangeInterval(row), "");
  EXPECT_EQ(TestAndSize(row), "(n=1)");
  EXPECT_TRUE(Notes(row).empty());
  row.role = Role::kDecides;
  EXPECT_EQ(Delta(row), "~");
  row.role = Role::kShown;
  row.unit = "sec/op";
  EXPECT_EQ(Delta(row), "~");
}

TEST(VerdictAndNotes, ANoteAloneHasNothingToBeJoinedTo) {
  Row row = Timed(100, 100, 0.8);
  row.warnings = {"all samples are equal"};
  EXPECT_EQ(VerdictAndNotes(row), "all samples are equal");
  row.verdict = Verdict::kUnchanged;
  EXPECT_EQ(VerdictAndNotes(row), "unchanged; all samples are equal");
}

TEST(VerdictText, ABoundIsPartOfSeeingNoChange) {
  Row row = Timed(100, 100, 0.8);
  row.verdict = Verdict::kNoChangeSeen;
  row.bound = 0.0241;
  EXPECT_EQ(VerdictText(row), "no change seen, at most +2.4%");
}

std::vector<std::string> ShownUnits(const compare::Comparison& comparison) {
  std::vector<std::string> units;
  for (const Row* row : ShownRows(comparison, false))
    units.push_back(row->unit);
  return units;
}

TEST(ShownRows, HidesTheOtherClockAndWhatFollowsFromTheRest) {
  compare::Comparison comparison;
  for (const char* unit :
       {"cpu-sec/op", "sec/op", "B/s", "faults/op", "allocs/op", "frees/op"}) {
    Row row;
    row.unit = unit;
    row.subject =
        std::make_shared<const compare::Subject>(compare::Subject{"B", {}});
    row.verdict = Verdict::kRegression;
    const std::string_view name = unit;
    if (name == "cpu-sec/op") row.role = Role::kDecides;
    if (name.ends_with("s/op") && name[0] != 's' && name != "faults/op")
      row.role = Role::kExact;
    comparison.rows.push_back(row);
  }
  EXPECT_EQ(ShownUnits(comparison),
            (std::vector<std::string>{"cpu-sec/op", "B/s", "allocs/op"}));
  // Frees that got worse alone are worth their table.
  comparison.rows[4].verdict = Verdict::kUnchanged;
  EXPECT_EQ(
      ShownUnits(comparison),
      (std::vector<std::string>{"cpu-sec/op", "B/s", "allocs/op", "frees/op"}));
  EXPECT_EQ(ShownRows(comparison, true).size(), 6U);
}

}  // namespace
}  // namespace opstat::cli
