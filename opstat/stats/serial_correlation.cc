#include "opstat/stats/serial_correlation.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace opstat::stats {
namespace {

constexpr std::size_t kFewest = 10;
constexpr double kLargest = 0.95;
// Chosen by `make change-points`: more lets correlated noise through, less
// hides steps of short series.
constexpr double kMargin = 1;

std::vector<double> Distances(std::span<const double> x, std::size_t lag) {
  std::vector<double> distances;
  distances.reserve(x.size());
  for (std::size_t t = lag; t < x.size(); ++t)
    distances.push_back(std::abs(x[t] - x[t - lag]));
  return distances;
}

// Each lag has its own limit: the clip must not tell the lags apart.
double ClippedMean(std::vector<double> distances) {
  constexpr double kClip = 3;
  const auto middle = distances.begin() + std::ptrdiff_t(distances.size() / 2);
  std::ranges::nth_element(distances, middle);
  const double limit = kClip * *middle;
  double sum = 0;
  for (const double distance : distances) sum += std::min(distance, limit);
  return sum / double(distances.size());
}

// n times the variance of the mean of n values over that of one.
double MeanInflation(double rho, double n) {
  const double sum =
      rho / (1 - rho) * (1 - (1 - std::pow(rho, n)) / (n * (1 - rho)));
  return 1 + 2 * sum;
}

}  // namespace

double SerialCorrelation(std::span<const double> values) {
  if (values.size() < kFewest) return 0;
  const double one = ClippedMean(Distances(values, 1));
  const double two = ClippedMean(Distances(values, 2));
  if (!(one > 0)) return 0;
  const double margin = kMargin / std::sqrt(double(values.size()));
  return std::clamp(two * two / (one * one) - 1 - margin, 0., kLargest);
}

double VarianceInflation(double correlation, double n1, double n2) {
  return (MeanInflation(correlation, n1) * n2 +
          MeanInflation(correlation, n2) * n1) /
         (n1 + n2);
}

}  // namespace opstat::stats
