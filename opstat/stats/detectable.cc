#include "opstat/stats/detectable.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "opstat/stats/mann_whitney.h"
#include "opstat/stats/normal.h"
#include "opstat/stats/summary.h"

namespace opstat::stats {
double RobustVariation(std::span<const double> values) {
  const double center = Median(values);
  if (values.size() < 2 || center == 0)
    return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  // scipy's exact 2 * norm.ppf(0.75).
  constexpr double kNormalRange = 1.3489795003921634;
  return (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / kNormalRange /
         center;
}

std::optional<double> DetectableChange(double cv, std::int64_t n, double alpha,
                                       double power) {
  const auto size = static_cast<std::size_t>(n);
  if (SmallestOneSidedP(size, size) > alpha) return std::nullopt;
  constexpr double kEfficiency = 3 / std::numbers::pi;
  const double z = NormalQuantile(1 - alpha);
  const double effective =
      std::max(static_cast<double>(n) * kEfficiency - z * z / 4, 1.0);
  return (z + NormalQuantile(power)) * cv * std::sqrt(2 / effective);
}

}  // namespace opstat::stats
