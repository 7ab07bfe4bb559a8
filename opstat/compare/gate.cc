#include "opstat/compare/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace opstat::compare {
namespace {

using Result = GateResult;

bool AtMost(double value, double limit) {
  constexpr double kRounding = 1e-9;
  return value <= limit + kRounding * std::abs(limit);
}

bool IsJudged(const Row& row) {
  switch (row.verdict) {
    case Verdict::kRegression:
    case Verdict::kImprovement:
    case Verdict::kUnchanged:
    case Verdict::kNoChangeSeen:
    case Verdict::kUndecided:
    case Verdict::kSameCode:
      return true;
    default:
      return false;
  }
}

// By Hodges-Lehmann it is not the change between the two centers.
const char* Label(const Row& row) {
  return row.role != Role::kExact && row.hodges_lehmann ? "estimate " : "";
}

// "+1 (+50.0%)", what is known of both.
std::string Text(const Worsening& worsening) {
  const auto percent = [&] {
    return fmt::format("{:+.1f}%", 100 * *worsening.relative);
  };
  if (!worsening.absolute) return worsening.relative ? percent() : "?";
  const std::string amount = fmt::format("{:+.6g}", *worsening.absolute);
  return worsening.relative ? fmt::format("{} ({})", amount, percent())
                            : amount;
}

std::string Text(const Allowance& allowance) {
  std::string text;
  if (allowance.absolute > 0) text = fmt::format("{:+.6g}", allowance.absolute);
  if (allowance.relative > 0)
    text += fmt::format("{}{:+.6g}%", text.empty() ? "" : " or ",
                        100 * allowance.relative);
  return text;
}

Gate OverBudget(const Row& row) {
  return {Result::kFail,
          fmt::format("{:.6g} is beyond the budget of {:.6g}",
                      row.contender->center, *row.limits->budget)};
}

Gate GateMissing(const Row& row, const Policy& policy) {
  const bool fails = row.limits->missing_fails.value_or(policy.missing_fails);
  return {fails ? Result::kFail : Result::kAllowed,
          fails ? "missing in the contender"
                : "missing in the contender, which the policy allows"};
}

Gate GateRegression(const Row& row) {
  const Worsening worsening = WorseningOf(row);
  const Allowance& threshold = row.limits->threshold;
  const std::string allowed = Text(threshold);
  const std::string text = Label(row) + Text(worsening);
  if (IsWithin(worsening, threshold))
    return {Result::kAllowed, text + " is within " + allowed};
  return {Result::kFail,
          allowed.empty() ? text : text + " is beyond " + allowed};
}

// As if every row were gated, and nobody had accepted anything.
Gate Strictly(const Row& row, const Policy& policy, bool suspect) {
  if (IsOverBudget(row)) return OverBudget(row);
  if (row.verdict == Verdict::kMissing) return GateMissing(row, policy);
  if (row.alpha_row && suspect)
    return {Result::kCannotTell, "the self-check fired"};
  if (row.verdict == Verdict::kRegression) return GateRegression(row);
  if (row.cannot_tell || row.verdict == Verdict::kNotComparable)
    return {Result::kCannotTell, row.rule};
  const bool held = row.limits->budget && row.contender;
  return {IsJudged(row) || held ? Result::kPass : Result::kNone, ""};
}

Gate GateOf(const Row& row, const Policy& policy, bool suspect) {
  if (row.limits->role == GateRole::kIgnore) return {};
  Gate gate = Strictly(row, policy, suspect);
  if (gate.result == Result::kFail && !row.accepted.empty())
    return {Result::kAccepted, row.accepted};
  if (gate.result != Result::kNone && row.limits->role == GateRole::kReport)
    gate.result = Result::kReport;
  return gate;
}

bool IsGated(const Row& row) {
  const Result result = row.gate.result;
  if (result == Result::kNone || result == Result::kReport) return false;
  return IsJudged(row) || (row.limits->budget && row.contender);
}

int OutcomeOf(const Comparison& comparison) {
  const auto any = [&](Result result) {
    return std::ranges::any_of(comparison.rows, [&](const Row& row) {
      return row.gate.result == result;
    });
  };
  if (std::ranges::none_of(comparison.rows, IsGated))
    return comparison.no_baseline && comparison.policy.no_baseline_passes ? 0
                                                                          : 4;
  if (any(Result::kFail)) return 1;
  const bool cannot_tell = any(Result::kCannotTell);
  return cannot_tell && !comparison.policy.cannot_tell_passes ? 3 : 0;
}

}  // namespace

void ApplyGate(Comparison& comparison) {
  const bool suspect = comparison.self_check.Fires();
  comparison.no_baseline =
      !comparison.rows.empty() &&
      std::ranges::all_of(comparison.rows, [](const Row& row) {
        return row.sides == Sides::kHeadOnly;
      });
  for (Row& row : comparison.rows)
    row.gate = GateOf(row, comparison.policy, suspect);
  comparison.outcome = OutcomeOf(comparison);
}

bool IsOverBudget(const Row& row) {
  if (!row.limits->budget || !row.contender) return false;
  const double budget = *row.limits->budget;
  if (row.role == Role::kExact)
    return std::ranges::any_of(row.contender_samples, [&](double value) {
      return !AtMost(value, budget);
    });
  return row.higher_is_better ? row.contender->high < budget
                              : row.contender->low > budget;
}

Worsening WorseningOf(const Row& row) {
  Worsening worsening{row.ratio, row.difference};
  if (row.role != Role::kExact) worsening.absolute.reset();
  if (row.role != Role::kExact && row.hodges_lehmann)
    worsening.relative = row.hodges_lehmann->ratio;
  const double sign = row.higher_is_better ? -1 : 1;
  if (worsening.relative)
    *worsening.relative = sign * (*worsening.relative - 1);
  if (worsening.absolute) *worsening.absolute *= sign;
  return worsening;
}

bool IsWithin(const Worsening& worsening, const Allowance& allowance) {
  const auto within = [](const std::optional<double>& value, double limit) {
    return limit > 0 && value && AtMost(*value, limit);
  };
  return within(worsening.relative, allowance.relative) ||
         within(worsening.absolute, allowance.absolute);
}

}  // namespace opstat::compare
