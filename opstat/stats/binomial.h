#pragma once

namespace opstat::stats {

/// The smallest k with P(X <= k) >= level for X of the binomial distribution
/// with n trials of probability p; 0 when n or p is 0. Agrees with
/// scipy.stats.binom.ppf(level, n, p).
/// REQUIRES: n >= 0, 0 <= p <= 1, 0 < level < 1. Pure.
int BinomialQuantile(int n, double p, double level);

}  // namespace opstat::stats
