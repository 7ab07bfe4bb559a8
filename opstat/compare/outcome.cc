#include "opstat/compare/outcome.h"

#include <algorithm>

namespace opstat::compare {
namespace {

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

}  // namespace

int OutcomeOf(const Comparison& comparison) {
  const Policy& policy = comparison.policy;
  const bool suspect = comparison.self_check.Fires();
  const auto fails = [&](const Row& row) {
    if (row.verdict == Verdict::kMissing) return policy.missing_fails;
    const bool noisy = row.alpha_row.has_value();
    return row.verdict == Verdict::kRegression && !(noisy && suspect);
  };
  if (std::ranges::none_of(comparison.rows, IsJudged)) return 4;
  if (std::ranges::any_of(comparison.rows, fails)) return 1;
  const auto cannot_pass = [](const Row& row) {
    return row.cannot_tell || row.verdict == Verdict::kNotComparable;
  };
  const bool cannot_tell =
      suspect || std::ranges::any_of(comparison.rows, cannot_pass);
  return cannot_tell && !policy.cannot_tell_passes ? 3 : 0;
}

}  // namespace opstat::compare
