#include "opstat/compare/tau.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "opstat/stats/summary.h"

namespace opstat::compare {
Tau TauFromHistory(std::span<const double> effects) {
  constexpr std::size_t kEnough = 10;
  if (effects.size() < kEnough) return {};
  std::vector<double> sizes;
  for (double effect : effects) sizes.push_back(std::abs(effect));
  std::ranges::sort(sizes);
  const double q1 = stats::Quantile(sizes, 0.25);
  const double q3 = stats::Quantile(sizes, 0.75);
  return {.value = std::max(Tau{}.value, q3 + 3 * (q3 - q1)),
          .origin = fmt::format("{} A/A comparisons", effects.size())};
}

}  // namespace opstat::compare
