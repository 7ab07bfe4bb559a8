#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

using Engine = std::mt19937;

std::size_t Below(Engine& engine, std::size_t n) { return engine() % n; }
unsigned Seed(Engine& engine) { return unsigned(engine()); }

// One side: constant, zeros now and then, coarse as a bad clock's, or smooth;
// now and then exactly tau away from `around`.
Values RandomSide(Engine& engine, double around) {
  constexpr double kShifts[] = {1, 1.002, 1.01, 0.99, 1 / 1.01, 1.05, 0.8, 1.3};
  const std::size_t n = 1 + Below(engine, 40);
  const double center = around * kShifts[Below(engine, std::size(kShifts))];
  switch (Below(engine, 5)) {
    case 0:
      return Values(n, center);
    case 1:
      return Values(n, 0.0);
    case 2: {
      Values values(n, center);
      for (double& value : values) value *= double(Below(engine, 3));
      return values;
    }
    case 3: {
      Values values = Noise(n, center, 0.02, Seed(engine));
      for (double& value : values) value = std::round(value);
      return values;
    }
    default: {
      const double spread = 0.002 * double(1 + Below(engine, 20));
      return Noise(n, center, spread, Seed(engine));
    }
  }
}

Policy RandomPolicy(Engine& engine) {
  constexpr double kTaus[] = {0.01, 0.01, 0.03, 0.06};
  constexpr double kAlphas[] = {0.05, 0.01, 0.0002};
  Policy policy;
  if (Below(engine, 2) == 0) policy.mode = Mode::kScreenConfirm;
  policy.alpha = kAlphas[Below(engine, std::size(kAlphas))];
  policy.tau.value = kTaus[Below(engine, std::size(kTaus))];
  policy.judged["items/op"] = Better::kHigher;
  return policy;
}

Verdict Swapped(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRegression:
      return Verdict::kImprovement;
    case Verdict::kImprovement:
      return Verdict::kRegression;
    case Verdict::kMissing:
      return Verdict::kNew;
    case Verdict::kNew:
      return Verdict::kMissing;
    default:
      return verdict;
  }
}

bool IsWide(const Row& row, const Policy& policy) {
  return !row.bound || *row.bound > policy.must_see;
}

// The bound looks at regressions alone, so it may keep one way undecided.
void ExpectSwapped(const Row& forth, const Row& back, const Policy& policy) {
  if (IsWide(forth, policy) == IsWide(back, policy)) {
    EXPECT_EQ(Name(back.verdict), std::string(Name(Swapped(forth.verdict))))
        << forth.rule << " | " << back.rule;
    EXPECT_EQ(forth.wants_rounds, back.wants_rounds);
    return;
  }
  const std::set open{Verdict::kUndecided, Verdict::kNoChangeSeen};
  if (open.contains(forth.verdict)) {
    EXPECT_TRUE(open.contains(back.verdict)) << back.rule;
  } else {
    EXPECT_EQ(back.verdict, Swapped(forth.verdict));
  }
}

TEST(Swap, OfTheSidesSwapsTheVerdictsAlways) {
  constexpr const char* kUnits[] = {"sec/op", "allocs/op", "items/op"};
  Engine engine(7);
  std::map<Verdict, int> seen;
  for (int i = 0; i < 20000; ++i) {
    const double around = 20 + double(Below(engine, 500));
    const Values a = RandomSide(engine, around);
    const Values b = Below(engine, 9) == 0 ? a : RandomSide(engine, around);
    const Policy policy = RandomPolicy(engine);
    const char* unit = kUnits[Below(engine, std::size(kUnits))];
    const Row forth = CompareValues(unit, a, b, policy);
    const Row back = CompareValues(unit, b, a, policy);
    SCOPED_TRACE(testing::Message() << "draw " << i << " of " << unit);
    ExpectSwapped(forth, back, policy);
    if (HasFailure()) return;
    ++seen[forth.verdict];
    if (!forth.p_value) continue;
    EXPECT_NEAR(*forth.p_greater, *back.p_less, 1e-12);
  }
  for (const Verdict verdict :
       {Verdict::kRegression, Verdict::kImprovement, Verdict::kUnchanged,
        Verdict::kNoChangeSeen, Verdict::kUndecided}) {
    EXPECT_GT(seen[verdict], 100) << Name(verdict);
  }
}

TEST(Decision, WhatIsTauUpToRoundingIsNotBeyondIt) {
  for (double center = 1; center < 500; ++center) {
    const Values a(10, center);
    const Values b(10, center * 1.01);
    EXPECT_EQ(CompareValues("sec/op", a, b).verdict, Verdict::kUnchanged);
    EXPECT_EQ(CompareValues("sec/op", b, a).verdict, Verdict::kUnchanged);
  }
}

TEST(Decision, APThatIsAlphaUpToRoundingIsEnough) {
  for (const auto& [n, alpha] : {std::pair{3, 1 / 20.0},
                                 {4, 1 / 70.0},
                                 {5, 1 / 252.0},
                                 {6, 1 / 924.0}}) {
    Policy policy;
    policy.alpha = alpha;
    const Values a = Noise(std::size_t(n), 100, 0.001, 1);
    const Values b = Noise(std::size_t(n), 110, 0.001, 2);
    EXPECT_EQ(CompareValues("sec/op", a, b, policy).verdict,
              Verdict::kRegression);
    EXPECT_EQ(CompareValues("sec/op", b, a, policy).verdict,
              Verdict::kImprovement);
  }
}

TEST(Swap, OfTheSidesMakesMissingNew) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  Add(runs[0], "X", "sec/op", {1});
  Add(runs[0], "Y", "sec/op", {1});
  Add(runs[1], "Y", "sec/op", {1});
  const Row forth = RowOf(CompareRuns(runs), "X", "sec/op");
  std::swap(runs[0], runs[1]);
  const Row back = RowOf(CompareRuns(runs), "X", "sec/op");
  EXPECT_EQ(forth.verdict, Verdict::kMissing);
  EXPECT_EQ(back.verdict, Verdict::kNew);
}

}  // namespace
}  // namespace opstat::compare
