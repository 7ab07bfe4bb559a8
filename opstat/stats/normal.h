#pragma once

namespace opstat::stats {

/// P(Z <= z) of the standard normal distribution, accurate in relative terms
/// in the lower tail: for an upper tail ask for NormalCdf(-z). Agrees with
/// scipy.stats.norm.cdf. Pure.
double NormalCdf(double z);

/// The z with NormalCdf(z) == p, to about 1e-15; infinite for p = 0 and 1.
/// Agrees with scipy.stats.norm.ppf. REQUIRES: 0 <= p <= 1. Pure.
double NormalQuantile(double p);

}  // namespace opstat::stats
