#include "opstat/compare/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "opstat/stats/autocorrelation.h"
#include "opstat/stats/hodges_lehmann.h"
#include "opstat/stats/mann_whitney.h"
#include "opstat/stats/summary.h"

namespace opstat::compare {
namespace {

constexpr double kConfidence = 0.95;
constexpr double kAlpha = 0.05;

bool IsUnbounded(const std::optional<Center>& center) {
  return center && (std::isinf(center->low) || std::isinf(center->high));
}

bool AllEqual(const Row& row) {
  const double value = row.baseline_samples.front();
  const auto equal = [value](double v) { return v == value; };
  return std::ranges::all_of(row.baseline_samples, equal) &&
         std::ranges::all_of(row.contender_samples, equal);
}

std::string DriftWarning(std::span<const double> samples, double tau,
                         const char* side) {
  constexpr double kClearly = 0.01;
  const std::size_t half = samples.size() / 2;
  const auto first = samples.first(half);
  const auto second = samples.last(half);
  if (stats::MannWhitneyTwoSided(first, second) <= kClearly) {
    const auto shift = stats::HodgesLehmannRatio(first, second, kAlpha);
    if (shift && std::abs(shift->ratio - 1) > tau) {
      return fmt::format("samples drift: {} second half {:+.1f}% of first",
                         side, 100 * (shift->ratio - 1));
    }
  }
  const double r1 = stats::Lag1Autocorrelation(samples);
  if (r1 * std::sqrt(double(samples.size())) <= 3.29) return "";
  return fmt::format("samples drift: {} lag-1 autocorrelation {:.2f}", side,
                     r1);
}

bool Varies(std::span<const double> samples) {
  return std::ranges::min(samples) != std::ranges::max(samples);
}

}  // namespace

std::string IntervalWarning(const Row& row) {
  if (!IsUnbounded(row.baseline) && !IsUnbounded(row.contender)) return "";
  return fmt::format("need >= {} samples for confidence interval at level {}",
                     stats::SmallestSampleForInterval(kConfidence),
                     kConfidence);
}

std::vector<std::string> BenchstatWarnings(const Row& row) {
  std::vector<std::string> warnings{IntervalWarning(row)};
  std::erase(warnings, "");
  static const int needed = stats::SmallestSampleForTest(kAlpha);
  if (AllEqual(row)) {
    warnings.push_back("all samples are equal");
  } else if (*row.p_value > kAlpha && row.baseline->n < needed &&
             row.contender->n < needed) {
    warnings.push_back(
        fmt::format("need >= {} samples to detect a difference at alpha level "
                    "{}",
                    needed, kAlpha));
  }
  return warnings;
}

std::vector<std::string> DriftWarnings(const Row& row) {
  std::vector<std::string> warnings{
      DriftWarning(row.baseline_samples, row.tau.value, "baseline's"),
      DriftWarning(row.contender_samples, row.tau.value, "contender's")};
  std::erase(warnings, "");
  return warnings;
}

std::string VaryingWarning(const Row& row) {
  const std::span<const double> a = row.baseline_samples;
  const std::span<const double> b = row.contender_samples;
  const auto has_zero = [](std::span<const double> samples) {
    return Varies(samples) && std::ranges::count(samples, 0.0) > 0;
  };
  if (has_zero(a) || has_zero(b)) return "sometimes allocates";
  return Varies(a) ? "not deterministic" : "became non-deterministic";
}

}  // namespace opstat::compare
