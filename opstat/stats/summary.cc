#include "opstat/stats/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "opstat/stats/normal.h"
#include "opstat/stats/sorted.h"

namespace opstat::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Interval of the 1-based order statistics low and high; 0 and n + 1 stand for
// the infinite ones. The median lies in it with the probability that a
// Binomial(n, 1/2) falls in [low, high).
struct Orders {
  std::int64_t low, high;
  double confidence;
};

double Choose(int n, int k) {
  // go-moremath's switch from whole numbers to gamma functions. Its rounding
  // chooses between mirror images that are equally good: [8, 18) at n = 24.
  constexpr int kLargestWhole = 20;
  if (n <= kLargestWhole) {
    double product = 1;
    for (int i = 1; i <= k; ++i) product = product * (n - k + i) / i;
    return product;
  }
  int sign;  // lgamma itself writes a global variable
  return std::exp(lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) -
                  lgamma_r(n - k + 1, &sign));
}

double Mass(int n, int k) {
  return k < 0 || k > n ? 0 : Choose(n, k) * std::ldexp(1, -n);
}

// Grows from the mode outwards to the more probable side, left when equal.
Orders ExactOrders(int n, double confidence) {
  int low = n / 2;
  int high = low + 1;
  double sum = Mass(n, low);
  double left = Mass(n, low - 1);
  double right = Mass(n, high);
  while (sum < confidence && (left > 0 || right > 0)) {
    if (left >= right) {
      sum += left;
      left = Mass(n, --low - 1);
    } else {
      sum += right;
      right = Mass(n, ++high);
    }
  }
  return {low, high, sum};
}

Orders NormalOrders(std::int64_t n, double confidence) {
  const double mean = double(n) / 2;
  const double sigma = std::sqrt(double(n)) / 2;
  const double reach = -NormalQuantile((1 - confidence) / 2) * sigma;
  const auto low = std::int64_t(std::floor(mean - reach - 0.5)) + 1;
  const auto high = std::int64_t(std::ceil(mean + reach - 0.5)) + 1;
  const auto achieved = [&](std::int64_t l, std::int64_t h) {
    return NormalCdf((double(h) - 0.5 - mean) / sigma) -
           NormalCdf((double(l) - 0.5 - mean) / sigma);
  };
  // A narrower interval that leans left may still be confident enough.
  const double leaning = achieved(low, high - 1);
  if (leaning >= confidence) return {low, high - 1, leaning};
  return {low, high, achieved(low, high)};
}

Orders MedianOrders(std::int64_t n, double confidence) {
  constexpr std::int64_t kLargestExact = 30;
  if (n > kLargestExact) return NormalOrders(n, confidence);
  // The same few sizes come for every row of a file.
  thread_local std::map<std::pair<std::int64_t, double>, Orders> known;
  const auto found = known.find({n, confidence});
  if (found != known.end()) return found->second;
  return known[{n, confidence}] = ExactOrders(int(n), confidence);
}

double MedianOfSorted(std::span<const double> sorted) {
  const std::size_t n = sorted.size();
  if (n == 0) return std::numeric_limits<double>::quiet_NaN();
  return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

}  // namespace

Summary Summarize(std::span<const double> values, double confidence) {
  std::vector<double> storage;
  const std::span<const double> sorted = Sorted(values, storage);
  const auto n = std::int64_t(sorted.size());
  const Orders orders = MedianOrders(n, confidence);
  const auto value_at = [&](std::int64_t order) {
    return sorted[std::size_t(order - 1)];
  };
  return {.n = n,
          .center = MedianOfSorted(sorted),
          .low = orders.low < 1 ? -kInfinity : value_at(orders.low),
          .high = orders.high > n ? kInfinity : value_at(orders.high),
          .confidence = orders.confidence};
}

double Median(std::span<const double> values) {
  std::vector<double> storage;
  return MedianOfSorted(Sorted(values, storage));
}

double Quantile(std::span<const double> sorted, double q) {
  const double place = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above],
                   place - static_cast<double>(below));
}

int SmallestSampleForInterval(double confidence) {
  constexpr int kLimit = 50;
  for (int n = 2; n <= kLimit; ++n) {
    const Orders orders = MedianOrders(n, confidence);
    if (orders.low >= 1 && orders.high <= n) return n;
  }
  return 0;
}

}  // namespace opstat::stats
