#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "opstat/benchfmt/unit.h"
#include "opstat/stats/mann_whitney.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

// A line of tests/testdata/known/known.txt, in the unit of the files.
struct Known {
  std::string place, unit;
  Values baseline, contender, baseline_center, contender_center, p;
  std::string warnings;  // "a; b"
};

Values ParseValues(const std::string& text) {
  std::istringstream words(text);
  Values values;
  for (std::string word; words >> word;) values.push_back(std::stod(word));
  return values;
}

std::vector<Known> KnownAnswers() {
  std::ifstream file(OPSTAT_TESTDATA "/known/known.txt");
  std::vector<Known> answers;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    std::istringstream stream(line);
    std::vector<std::string> f;
    for (std::string field; std::getline(stream, field, '|');) {
      f.push_back(field);
    }
    std::istringstream place(f.at(0));
    std::string name;
    std::string benchmark;
    Known known;
    place >> name >> benchmark >> known.unit;
    known.place = f.at(0);
    known.baseline = ParseValues(f.at(1));
    known.contender = ParseValues(f.at(2));
    known.baseline_center = ParseValues(f.at(3));
    known.contender_center = ParseValues(f.at(4));
    known.p = ParseValues(f.at(5));
    known.warnings = f.at(6).substr(1);
    answers.push_back(known);
  }
  EXPECT_EQ(answers.size(), 27u);
  return answers;
}

void ExpectCenter(const Center& center, const Values& expected) {
  EXPECT_NEAR(center.center, expected.at(0), 1e-9 * center.center);
  EXPECT_EQ(center.low, expected.at(1));
  EXPECT_EQ(center.high, expected.at(2));
  EXPECT_NEAR(center.confidence, expected.at(3), 1e-9);
}

std::string Join(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    joined += (joined.empty() ? "" : "; ") + text;
  }
  return joined;
}

TEST(KnownAnswers, AreBenchstats) {
  for (const Known& known : KnownAnswers()) {
    SCOPED_TRACE(known.place);
    auto runs = PairOf(benchfmt::Tidy(known.unit).unit, known.baseline,
                       known.contender);
    runs[0].process_samples = runs[1].process_samples = false;
    const Comparison comparison = CompareRuns(runs);
    const Row& row = comparison.rows.at(0);
    ExpectCenter(*row.baseline, known.baseline_center);
    ExpectCenter(*row.contender, known.contender_center);
    EXPECT_NEAR(stats::MannWhitneyAsBenchstat(known.baseline, known.contender),
                known.p.at(0), 1e-9);
    if (row.role == Role::kExact) {
      EXPECT_FALSE(row.p_value);
      continue;
    }
    EXPECT_NEAR(*row.p_value, known.p.at(0), 1e-9);
    EXPECT_EQ(Join(row.warnings), known.warnings);
    // Repetitions within a process are shown and not judged.
    EXPECT_NE(row.verdict, Verdict::kRegression);
    EXPECT_NE(row.verdict, Verdict::kImprovement);
  }
}

}  // namespace
}  // namespace opstat::compare
