#pragma once

#include <span>

namespace opstat::stats {

/// The correlation of neighbours in a series of constant level but for a few
/// steps and outliers: (mean |x[t+2] - x[t]| / mean |x[t+1] - x[t]|)^2 - 1,
/// which is rho for a Gaussian autoregression, with differences clipped at
/// three times their median, so that a step counts little. Less 1 / sqrt(n),
/// so that independent values are seldom taken for correlated. Within [0,
/// 0.95]; 0 for fewer than 10 values and where most neighbours are equal. O(n).
/// Pure. REQUIRES: finite values.
double SerialCorrelation(std::span<const double> values);

/// By how much that correlation makes the variance of the difference of the
/// means of n1 values and the n2 after them larger than that of independent
/// ones (the variance of a mean of an AR(1) process). Pure.
double VarianceInflation(double correlation, double n1, double n2);

}  // namespace opstat::stats
