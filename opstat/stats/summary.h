#pragma once

#include <cstdint>
#include <span>

namespace opstat::stats {

/// A sample's median and the interval of two of its order statistics that
/// holds the population median with at least the confidence asked for.
struct Summary {
  std::int64_t n = 0;
  double center = 0;         ///< NaN when n is 0
  double low = 0, high = 0;  ///< -inf, +inf where n is too small for a bound
  double confidence = 0;     ///< achieved; 1 when both bounds are infinite
};

/// Summarizes as benchstat does (benchmath.AssumeNothing over go-moremath's
/// QuantileCI): exact binomial probabilities to n = 30, the lower of two
/// equally good intervals, the normal approximation above. For n = 10 and 0.95:
/// the 2nd and 9th values, achieved 0.978515625. The median of an even n is
/// the mean of the two middle values, as numpy.median.
/// REQUIRES: no NaN; 0 < confidence < 1. Pure.
Summary Summarize(std::span<const double> values, double confidence = 0.95);

double Median(std::span<const double> values);  ///< NaN when there is none

/// The value below which a share q of `sorted` lies, between its elements as
/// numpy.percentile interpolates. REQUIRES: ascending, not empty, 0 <= q <= 1.
double Quantile(std::span<const double> sorted, double q);

/// The smallest n >= 2 with two finite bounds (6 for 0.95), or 0 when 50
/// values are too few: benchstat's "need >= 6 samples".
int SmallestSampleForInterval(double confidence);

}  // namespace opstat::stats
