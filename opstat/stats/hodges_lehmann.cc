#include "opstat/stats/hodges_lehmann.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <tuple>
#include <vector>

#include "opstat/stats/normal.h"
#include "opstat/stats/u_distribution.h"

namespace opstat::stats {
namespace {

// Stands for ln 0: far below every logarithm, and unlike -inf it can be
// subtracted from itself.
constexpr double kLogZero = -1e300;

std::vector<double> SortedLogs(std::span<const double> values) {
  std::vector<double> logs;
  logs.reserve(values.size());
  for (double value : values) {
    logs.push_back(value > 0 ? std::log(value) : kLogZero);
  }
  if (!std::ranges::is_sorted(logs)) std::ranges::sort(logs);
  return logs;
}

// The largest k with P(U <= k - 1) <= tail, and the confidence of the interval
// from the k-th smallest difference to the k-th largest. k = 0: there is none.
struct Order {
  std::int64_t k;
  double confidence;
};

Order ExactOrder(int n1, int n2, double tail) {
  const auto distribution = UDistribution::Of(n1, n2);
  std::int64_t k = 0;
  while (distribution->AtMost(2 * k) <= tail) ++k;
  return {k, 1 - 2 * distribution->AtMost(2 * (k - 1))};
}

Order NormalOrder(double n1, double n2, double tail) {
  const double mean = n1 * n2 / 2;
  const double sigma = std::sqrt(n1 * n2 * (n1 + n2 + 1) / 12);
  const double k = std::floor(mean + 0.5 + sigma * NormalQuantile(tail));
  if (k < 1) return {0, 1};
  return {std::int64_t(k), 1 - 2 * NormalCdf((k - 0.5 - mean) / sigma)};
}

// The same few sizes come for every row of a file.
Order OrderOf(std::size_t n1, std::size_t n2, double tail) {
  if (!UDistribution::Feasible(std::int64_t(n1), std::int64_t(n2))) {
    return NormalOrder(double(n1), double(n2), tail);
  }
  thread_local std::map<std::tuple<std::size_t, std::size_t, double>, Order>
      known;
  const auto found = known.find({n1, n2, tail});
  if (found != known.end()) return found->second;
  return known[{n1, n2, tail}] = ExactOrder(int(n1), int(n2), tail);
}

bool IsUsable(std::span<const double> values) {
  return !values.empty() &&
         std::ranges::none_of(values, [](double v) { return v < 0; });
}

}  // namespace

HodgesLehmann::HodgesLehmann(std::span<const double> baseline,
                             std::span<const double> contender)
    : n1_(baseline.size()), n2_(contender.size()) {
  if (!IsUsable(baseline) || !IsUsable(contender)) return;
  differences_.emplace(SortedLogs(baseline), SortedLogs(contender));
  ratio_ = std::exp(differences_->Median());
}

std::optional<RatioInterval> HodgesLehmann::Interval(double tail) {
  if (!differences_) return std::nullopt;
  const Order order = OrderOf(n1_, n2_, tail);
  RatioInterval result{.ratio = ratio_,
                       .low = -std::numeric_limits<double>::infinity(),
                       .high = std::numeric_limits<double>::infinity(),
                       .confidence = order.confidence};
  if (order.k > 0) {
    result.low = std::exp(differences_->At(order.k));
    result.high =
        std::exp(differences_->At(differences_->Size() + 1 - order.k));
  }
  return result;
}

std::optional<RatioInterval> HodgesLehmannRatio(
    std::span<const double> baseline, std::span<const double> contender,
    double tail) {
  return HodgesLehmann(baseline, contender).Interval(tail);
}

}  // namespace opstat::stats
