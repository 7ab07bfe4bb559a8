#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/cells.h"
#include "opstat/compare/comparison.h"
#include "opstat/stats/mann_whitney.h"
#include "tests/cli/support.h"

// benchstat's answers for twelve pairs of files, from Go text and from Google
// Benchmark JSON of the same numbers: tests/testdata/known/README.md.
namespace opstat::cli {
namespace {

using compare::Row;
using Values = std::vector<double>;

// A line of tests/testdata/known/known.txt, in the unit of the files.
struct Known {
  std::string file, benchmark, unit;
  Values baseline, contender, baseline_center, contender_center, p;
  std::string warnings;  // "a; b"
  std::string delta;
};
void PrintTo(const Known& known, std::ostream* out) {
  *out << known.file << ' ' << known.benchmark << ' ' << known.unit;
}

Values ParseValues(const std::string& text) {
  std::istringstream words(text);
  Values values;
  for (std::string word; words >> word;) values.push_back(std::stod(word));
  return values;
}

std::vector<Known> ReadKnown() {
  std::ifstream file(OPSTAT_TESTDATA "/known/known.txt");
  std::vector<Known> answers;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    std::istringstream stream(line);
    std::vector<std::string> f;
    for (std::string field; std::getline(stream, field, '|');) {
      f.push_back(field);
    }
    Known known;
    std::istringstream(f.at(0)) >> known.file >> known.benchmark >> known.unit;
    known.baseline = ParseValues(f.at(1));
    known.contender = ParseValues(f.at(2));
    known.baseline_center = ParseValues(f.at(3));
    known.contender_center = ParseValues(f.at(4));
    known.p = ParseValues(f.at(5));
    // A field begins with a blank and, but for the last, ends with one.
    const std::size_t last = f.at(6).find_last_not_of(' ');
    if (last != std::string::npos) known.warnings = f.at(6).substr(1, last);
    known.delta = f.at(7).substr(1);
    answers.push_back(known);
  }
  return answers;
}

void ExpectCenter(const std::optional<compare::Center>& center,
                  const Values& expected, std::size_t n, double factor) {
  ASSERT_TRUE(center);
  const auto near = [](double got, double want) {
    // Infinite where n is too small.
    EXPECT_TRUE(got == want || std::abs(got - want) <= 1e-9 * std::abs(want))
        << got << " " << want;
  };
  EXPECT_EQ(center->n, n);
  near(center->center, factor * expected.at(0));
  near(center->low, factor * expected.at(1));
  near(center->high, factor * expected.at(2));
  near(center->confidence, expected.at(3));
}

std::string Join(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts)
    joined += (joined.empty() ? "" : "; ") + text;
  return joined;
}

// The one row of `known`'s benchmark; Go's names end in "-8" here.
Row RowIn(const compare::Comparison& comparison, const Known& known) {
  const std::string unit = benchfmt::Tidy(known.unit).unit;
  for (const Row& row : comparison.rows)
    if (row.unit == unit && (row.benchmark() == known.benchmark ||
                             row.benchmark() == known.benchmark + "-8"))
      return row;
  ADD_FAILURE() << "no such row";
  return {};
}

std::string Size(const Known& known) {
  const std::size_t a = known.baseline.size();
  const std::size_t b = known.contender.size();
  return a == b ? "n=" + std::to_string(a) + ")"
                : "n=" + std::to_string(a) + "+" + std::to_string(b) + ")";
}

void ExpectBenchstats(const Row& row, const Known& known) {
  const double factor = benchfmt::Tidy(known.unit).factor;
  ExpectCenter(row.baseline, known.baseline_center, known.baseline.size(),
               factor);
  ExpectCenter(row.contender, known.contender_center, known.contender.size(),
               factor);
  EXPECT_TRUE(TestAndSize(row).ends_with(Size(known))) << TestAndSize(row);
  EXPECT_NEAR(stats::MannWhitneyAsBenchstat(row.baseline_samples,
                                            row.contender_samples),
              known.p.at(0), 1e-9);
  // What follows differs on purpose: an exact count has no p.
  ASSERT_EQ(row.p_value.has_value(), row.role != compare::Role::kExact);
  if (!row.p_value) return;
  EXPECT_NEAR(*row.p_value, known.p.at(0), 1e-9);
  EXPECT_EQ(Delta(row), known.delta);
  EXPECT_EQ(Join(row.warnings), known.warnings);
  // Repetitions within a process are shown and not judged.
  EXPECT_NE(row.verdict, compare::Verdict::kRegression);
  EXPECT_NE(row.verdict, compare::Verdict::kImprovement);
}

TEST(KnownAnswers, AreTwentySeven) { EXPECT_EQ(ReadKnown().size(), 27U); }

class KnownAnswersTest : public testing::TestWithParam<Known> {};

TEST_P(KnownAnswersTest, AreBenchstatsInBothFormats) {
  const Known& known = GetParam();
  for (const char* extension : {".txt", ".json"}) {
    SCOPED_TRACE(extension);
    std::vector<benchfmt::Run> runs;
    for (const char* side : {".A", ".B"})
      runs.push_back(benchfmt::ReadRunFile(
          TestData("known/" + known.file + side + extension)));
    const auto comparison =
        compare::Compare(compare::ColumnsByRun(runs), compare::Policy());
    ExpectBenchstats(RowIn(comparison, known), known);
  }
}

INSTANTIATE_TEST_SUITE_P(Benchstat, KnownAnswersTest,
                         testing::ValuesIn(ReadKnown()));

}  // namespace
}  // namespace opstat::cli
