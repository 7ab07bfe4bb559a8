#include "opstat/compare/decision.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "opstat/compare/confirm.h"
#include "opstat/compare/row_numbers.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Look {
  Values baseline, contender, p, hodges_lehmann, interval90;
};

struct Example {
  std::string name, mode, verdict;
  int m = 0;
  std::vector<Look> looks;
};

Values ParseValues(const std::string& text) {
  std::istringstream words(text);
  Values values;
  for (std::string word; words >> word;) values.push_back(std::stod(word));
  return values;
}

std::vector<std::string> Split(const std::string& line) {
  std::istringstream stream(line.substr(line.find(' ') + 1));
  std::vector<std::string> fields;
  for (std::string field; std::getline(stream, field, '|');) {
    fields.push_back(field);
  }
  return fields;
}

std::vector<Example> Examples() {
  std::ifstream file(OPSTAT_TESTDATA "/compare/decisions.txt");
  std::vector<Example> examples;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> f = Split(line);
    if (line.starts_with("example")) {
      examples.push_back({.name = f.at(0),
                          .mode = f.at(2).substr(1, f.at(2).size() - 2),
                          .verdict = f.at(3).substr(1),
                          .m = std::stoi(f.at(1)),
                          .looks = {}});
    } else {
      examples.back().looks.push_back(
          {ParseValues(f.at(0)), ParseValues(f.at(1)), ParseValues(f.at(2)),
           ParseValues(f.at(3)), ParseValues(f.at(4))});
    }
  }
  EXPECT_EQ(examples.size(), 7u);
  return examples;
}

void ExpectNear(double actual, double expected) {
  if (std::isinf(expected)) {
    EXPECT_EQ(actual, expected);
  } else {
    EXPECT_NEAR(actual, expected, 1e-9);
  }
}

TEST(Decision, ComputesTheNumbersOfTheSevenExamples) {
  for (const Example& example : Examples()) {
    for (const Look& stage : example.looks) {
      SCOPED_TRACE(example.name);
      Row row;
      row.baseline_samples = stage.baseline;
      row.contender_samples = stage.contender;
      const NoisyNumbers numbers =
          FillTests(row, SortedSamples(row), 0.01 / example.m);
      EXPECT_NEAR(*row.p_value, stage.p.at(0), 1e-9);
      EXPECT_NEAR(*row.p_greater, stage.p.at(1), 1e-9);
      EXPECT_NEAR(*row.p_less, stage.p.at(2), 1e-9);
      EXPECT_NEAR(row.hodges_lehmann->ratio, stage.hodges_lehmann.at(0), 1e-9);
      ExpectNear(row.hodges_lehmann->low, stage.hodges_lehmann.at(1));
      ExpectNear(row.hodges_lehmann->high, stage.hodges_lehmann.at(2));
      ExpectNear(row.hodges_lehmann->confidence, stage.hodges_lehmann.at(3));
      ExpectNear(numbers.ratio->low, stage.interval90.at(0));
      ExpectNear(numbers.ratio->high, stage.interval90.at(1));
      EXPECT_NEAR(*row.bound, stage.interval90.at(1) - 1, 1e-9);
    }
  }
}

// The first look is the screen; what it asks to confirm has a second one.
TEST(Decision, GivesTheVerdictsOfTheSevenExamples) {
  for (const Example& example : Examples()) {
    SCOPED_TRACE(example.name);
    Policy policy;
    if (example.mode == Name(Mode::kScreenConfirm)) {
      policy.mode = Mode::kScreenConfirm;
    }
    policy.alpha = 0.01 / example.m;  // as if among m rows
    const auto compare = [&](const Look& look) {
      return CompareRuns(PairOf("sec/op", look.baseline, look.contender),
                         policy);
    };
    const Comparison screen = compare(example.looks.front());
    EXPECT_EQ(BenchmarksToConfirm(screen).size(), example.looks.size() - 1);
    const Row row = compare(example.looks.back()).rows.at(0);
    EXPECT_EQ(Name(row.verdict), example.verdict) << row.rule;
    EXPECT_DOUBLE_EQ(*row.alpha_row, 0.01 / example.m);
    EXPECT_EQ(row.stage, policy.mode == Mode::kOneShot ? Stage::kOneShot
                         : example.looks.size() == 1   ? Stage::kScreen
                                                       : Stage::kConfirmed);
  }
}

// A row on which every condition of an alarm holds; cases take one away.
NoisyNumbers Alarming() {
  NoisyNumbers row;
  row.n1 = row.n2 = 10;
  row.p = {0.00001, 1};
  row.smallest_p = row.smallest_tied_p = 5.4e-6;
  row.alpha_row = 0.0002;
  row.ratio = stats::RatioInterval{1.05, 1.03, 1.07, 0.9};
  row.bound = 0.07;
  return row;
}

TEST(Decision, TakesTheDirectionFromTheTest) {
  NoisyNumbers row = Alarming();
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kRegression);
  std::swap(row.p.greater, row.p.less);
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kImprovement);
  row.higher_is_better = true;
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kRegression);
}

TEST(Decision, NeedsBothSignificanceAndSize) {
  NoisyNumbers row = Alarming();
  row.tau.value = 0.05;
  row.ratio->ratio = 1.049;
  EXPECT_NE(DecideNoisy(row, {}).verdict, Verdict::kRegression);
  row = Alarming();
  row.p.greater = 0.0003;
  const Decision decision = DecideNoisy(row, {});
  EXPECT_EQ(decision.verdict, Verdict::kUndecided);
  EXPECT_EQ(decision.rule,
            "one-sided p=.0003 > .0002; 8 more rounds would decide");
  EXPECT_FALSE(decision.cannot_tell);
}

TEST(Decision, IsTooNoisyAboveTheCapOfTau) {
  NoisyNumbers row = Alarming();
  row.tau.value = 0.0501;
  const Decision decision = DecideNoisy(row, {});
  EXPECT_EQ(decision.verdict, Verdict::kUndecided);
  EXPECT_TRUE(decision.rule.starts_with("too noisy")) << decision.rule;
  EXPECT_TRUE(decision.cannot_tell);
}

TEST(Decision, SaysThatNIsTooSmallEvenForATightInterval) {
  NoisyNumbers row = Alarming();
  row.p = {0.05, 1};
  row.smallest_p = 0.05;
  row.ratio = stats::RatioInterval{1, 0.999, 1.001, 0.9};
  row.bound = 0.001;
  const Decision decision = DecideNoisy(row, {});
  EXPECT_EQ(decision.verdict, Verdict::kUndecided);
  EXPECT_EQ(decision.rule,
            "n too small: the smallest p that 10+10 samples reach is "
            ".05 > .0002");
  EXPECT_TRUE(decision.cannot_tell);
}

TEST(Decision, TiesForbidAnAlarmAndNotUnchanged) {
  NoisyNumbers row = Alarming();
  row.p = {0.5, 1};
  row.smallest_tied_p = 0.01;
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kUndecided);
  EXPECT_TRUE(DecideNoisy(row, {}).cannot_tell);
  row.ratio = stats::RatioInterval{1, 0.995, 1.005, 0.9};
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kUnchanged);
}

TEST(Decision, NoChangeSeenNeedsABoundThatMatters) {
  NoisyNumbers row = Alarming();
  row.p = {0.3, 0.7};
  row.bound = 0.024;
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kNoChangeSeen);
  EXPECT_EQ(DecideNoisy(row, {}).rule, "no change seen, at most +2.4%");
  row.higher_is_better = true;
  EXPECT_EQ(DecideNoisy(row, {}).rule, "no change seen, at most -2.4%");
  for (const auto bound : {std::optional(0.11), std::optional<double>()}) {
    row.bound = bound;
    EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kUndecided);
    EXPECT_TRUE(DecideNoisy(row, {}).cannot_tell);
  }
}

TEST(Decision, ACountThatIsZeroNowAndThenIsNeverUnchanged) {
  NoisyNumbers row = Alarming();
  row.p = {0.3, 0.7};
  row.ratio = stats::RatioInterval{1, 1, 1, 0.9};
  row.bound = 0;
  row.sometimes_zero = true;
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kUndecided);
  EXPECT_TRUE(DecideNoisy(row, {}).cannot_tell);
}

// The same row at a screen of 10 rounds, with 20 to come.
NoisyNumbers Screening() {
  NoisyNumbers row = Alarming();
  row.to_come = 20;
  row.smallest_p = 8.5e-18;
  return row;
}

TEST(Decision, NoPIsProofAtTheScreen) {
  const Decision decision = DecideNoisy(Screening(), {});
  EXPECT_EQ(decision.verdict, Verdict::kUndecided);
  EXPECT_EQ(decision.rule,
            "one-sided p=1e-05 and +5.0% suggest a change; 20 fresh rounds "
            "decide");
  EXPECT_TRUE(decision.wants_rounds);
  EXPECT_TRUE(decision.cannot_tell);
}

TEST(Decision, ScreensWhatIsBothSuggestiveAndLarge) {
  NoisyNumbers row = Screening();
  row.p = {1, 0.05};
  EXPECT_TRUE(DecideNoisy(row, {}).wants_rounds);
  row.p = {1, 0.051};
  EXPECT_FALSE(DecideNoisy(row, {}).wants_rounds);
  row.p = {0.001, 1};
  row.ratio->ratio = 1.01;  // tau itself
  EXPECT_FALSE(DecideNoisy(row, {}).wants_rounds);
}

TEST(Decision, WantsRoundsForABoundAboveMustSee) {
  NoisyNumbers row = Screening();
  row.p = {0.3, 0.7};
  for (const auto bound : {std::optional(0.101), std::optional<double>()}) {
    row.bound = bound;
    const Decision decision = DecideNoisy(row, {});
    EXPECT_TRUE(decision.wants_rounds);
    EXPECT_TRUE(decision.cannot_tell);
  }
  row.bound = 0.1;
  EXPECT_FALSE(DecideNoisy(row, {}).wants_rounds);
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kNoChangeSeen);
}

TEST(Decision, WantsNoRoundsThatCannotDecide) {
  NoisyNumbers row = Screening();
  row.to_come = 2;
  row.smallest_p = 0.001;
  Decision decision = DecideNoisy(row, {});
  EXPECT_EQ(decision.rule,
            "n too small: the smallest p that 12+12 samples reach is "
            ".001 > .0002");
  EXPECT_FALSE(decision.wants_rounds);
  row = Screening();
  row.tau.value = 0.06;
  EXPECT_FALSE(DecideNoisy(row, {}).wants_rounds);
  row = Screening();
  row.ratio.reset();
  EXPECT_FALSE(DecideNoisy(row, {}).wants_rounds);
}

TEST(Decision, TiesThatNoScreenPassesAreTooMany) {
  NoisyNumbers row = Screening();
  row.p = {0.5, 1};
  row.smallest_tied_p = 0.05;
  EXPECT_EQ(DecideNoisy(row, {}).verdict, Verdict::kNoChangeSeen);
  row.smallest_tied_p = 0.06;
  const Decision decision = DecideNoisy(row, {});
  EXPECT_EQ(decision.verdict, Verdict::kUndecided);
  EXPECT_EQ(decision.rule,
            "too many ties: the smallest p that 10+10 samples reach is "
            ".06 > .05");
  EXPECT_FALSE(decision.wants_rounds);
}

// A policy whose must_see is below tau.
TEST(Decision, UnchangedCannotTellWhereTheBoundIsAboveMustSee) {
  NoisyNumbers row = Alarming();
  row.p = {0.3, 0.7};
  row.ratio = stats::RatioInterval{1, 0.995, 1.008, 0.9};
  row.bound = 0.008;
  EXPECT_FALSE(DecideNoisy(row, {}).cannot_tell);
  Policy policy;
  policy.must_see = 0.005;
  const Decision decision = DecideNoisy(row, policy);
  EXPECT_EQ(decision.verdict, Verdict::kUnchanged);
  EXPECT_TRUE(decision.cannot_tell);
}

TEST(Decision, AnEffectIsAsLargeTheOtherWayRound) {
  NoisyNumbers row = Alarming();
  for (const double tau : {0.01, 0.03}) {
    row.tau.value = tau;
    for (const double size : {tau * 0.999, tau, tau * 1.001}) {
      row.ratio->ratio = 1 + size;
      row.p = {0.00001, 1};
      const bool alarms = size > tau;
      EXPECT_EQ(DecideNoisy(row, {}).verdict == Verdict::kRegression, alarms);
      row.ratio->ratio = 1 / (1 + size);
      row.p = {1, 0.00001};
      EXPECT_EQ(DecideNoisy(row, {}).verdict == Verdict::kImprovement, alarms);
    }
  }
}

TEST(Bound, IsTheLargestWorsening) {
  const stats::RatioInterval interval{1, 0.9, 1.2, 0.9};
  EXPECT_DOUBLE_EQ(*Bound(interval, false), 0.2);
  EXPECT_DOUBLE_EQ(*Bound(interval, true), 0.1);
  const stats::RatioInterval none{1, -kInfinity, kInfinity, 1};
  EXPECT_FALSE(Bound(none, false));
  EXPECT_FALSE(Bound(none, true));
}

}  // namespace
}  // namespace opstat::compare
