#pragma once

namespace opstat::stats {

/// The smallest k with P(X <= k) >= level for X of the binomial distribution
/// with n trials of probability p; 0 when n or p is 0. Agrees with
/// scipy.stats.binom.ppf(level, n, p).
/// REQUIRES: n >= 0, 0 <= p <= 1, 0 < level < 1. Pure.
int BinomialQuantile(int n, double p, double level);

/// Limits of a probability, both in [0, 1].
struct ProbabilityInterval {
  double low = 0, high = 1;
};

/// What k successes in n trials say of their probability: the exact interval
/// of Clopper and Pearson (1934), each tail at most (1 - confidence) / 2; [0,
/// 1] for no trials. Agrees with scipy.stats.binomtest(k, n).proportion_ci(
/// confidence, method="exact"). O(n) time.
/// REQUIRES: 0 <= k <= n, 0 < confidence < 1. Pure.
ProbabilityInterval ClopperPearson(int k, int n, double confidence);

}  // namespace opstat::stats
