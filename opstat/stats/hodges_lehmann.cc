#include "opstat/stats/hodges_lehmann.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
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
  std::ranges::sort(logs);
  return logs;
}

// A double's place in the order of all doubles; its own inverse.
std::int64_t Ordinal(std::int64_t bits) {
  return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
}
std::int64_t ToOrdinal(double x) {
  return Ordinal(std::bit_cast<std::int64_t>(x));
}
double FromOrdinal(std::int64_t ordinal) {
  return std::bit_cast<double>(Ordinal(ordinal));
}

// All differences b - a of two sorted sequences, in order.
class Differences {
 public:
  Differences(std::vector<double> a, std::vector<double> b)
      : a_(std::move(a)), b_(std::move(b)) {}

  std::int64_t Size() const {
    return std::int64_t(a_.size()) * std::int64_t(b_.size());
  }

  // The k-th smallest, 1 <= k <= Size(): the smallest double that k
  // differences do not exceed, by bisection over the at most 2^64 doubles.
  double At(std::int64_t k) const {
    std::int64_t low = ToOrdinal(b_.front() - a_.back());
    std::int64_t high = ToOrdinal(b_.back() - a_.front());
    while (low < high) {
      const std::int64_t middle = std::midpoint(low, high);
      if (CountAtMost(FromOrdinal(middle)) >= k) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return FromOrdinal(low);
  }

  double Median() const {
    const double lower = At((Size() + 1) / 2);
    return Size() % 2 == 1 ? lower : (lower + At(Size() / 2 + 1)) / 2;
  }

 private:
  std::int64_t CountAtMost(double x) const {
    std::int64_t count = 0;
    std::size_t j = 0;
    for (double a : a_) {
      while (j < b_.size() && b_[j] - a <= x) ++j;
      count += std::int64_t(j);
    }
    return count;
  }

  std::vector<double> a_, b_;
};

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

bool IsUsable(std::span<const double> values) {
  return !values.empty() &&
         std::ranges::none_of(values, [](double v) { return v < 0; });
}

}  // namespace

std::optional<RatioInterval> HodgesLehmannRatio(
    std::span<const double> baseline, std::span<const double> contender,
    double tail) {
  if (!IsUsable(baseline) || !IsUsable(contender)) return std::nullopt;
  const Differences differences(SortedLogs(baseline), SortedLogs(contender));
  const std::size_t n1 = baseline.size();
  const std::size_t n2 = contender.size();
  const Order order =
      UDistribution::Feasible(std::int64_t(n1), std::int64_t(n2))
          ? ExactOrder(int(n1), int(n2), tail)
          : NormalOrder(double(n1), double(n2), tail);
  RatioInterval result{.ratio = std::exp(differences.Median()),
                       .low = -std::numeric_limits<double>::infinity(),
                       .high = std::numeric_limits<double>::infinity(),
                       .confidence = order.confidence};
  if (order.k > 0) {
    result.low = std::exp(differences.At(order.k));
    result.high = std::exp(differences.At(differences.Size() + 1 - order.k));
  }
  return result;
}

}  // namespace opstat::stats
