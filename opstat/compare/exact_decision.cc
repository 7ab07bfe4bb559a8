#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "opstat/compare/decision.h"

namespace opstat::compare {
namespace {

std::string Range(const ExactSide& side) {
  return side.min == side.max
             ? fmt::format("{:.10g}", side.min)
             : fmt::format("{:.10g}..{:.10g}", side.min, side.max);
}

}  // namespace

std::optional<Decision> DecideExact(const ExactSide& baseline,
                                    const ExactSide& contender) {
  double margin = baseline.resolution + contender.resolution;
  // A value of total / N carries the division's rounding as well.
  if (margin > 0) {
    margin += 8 * std::numeric_limits<double>::epsilon() *
              std::max(baseline.max, contender.max);
  }
  const auto values = [&] {
    return fmt::format("exact: {} -> {}", Range(baseline), Range(contender));
  };
  if (contender.min - baseline.max > margin) {
    return Decision{Verdict::kRegression, values(), false};
  }
  if (baseline.min - contender.max > margin) {
    return Decision{Verdict::kImprovement, values(), false};
  }
  if (!baseline.IsConstant() || !contender.IsConstant()) return std::nullopt;
  return Decision{Verdict::kUnchanged,
                  margin > 0 ? "equal within 1/iterations" : "equal", false};
}

}  // namespace opstat::compare
