#include "opstat/stats/binomial.h"

#include <cmath>
#include <numeric>

namespace opstat::stats {
namespace {

// P(X = 0), P(X = 1), ... of n trials of probability p. In logarithms:
// (1 - p)^n underflows for the n of a large suite.
class Masses {
 public:
  Masses(int n, double p)
      : n_(n),
        log_odds_(std::log(p) - std::log1p(-p)),
        log_mass_(n * std::log1p(-p)) {}

  double Next() {
    const double mass = std::exp(log_mass_);
    log_mass_ += std::log(double(n_ - k_) / (k_ + 1)) + log_odds_;
    ++k_;
    return mass;
  }

 private:
  int n_, k_ = 0;
  double log_odds_, log_mass_;
};

double AtMost(int k, int n, double p) {
  Masses masses(n, p);
  double sum = 0;
  for (int i = 0; i <= k; ++i) sum += masses.Next();
  return sum;
}

// The probability with which k or fewer successes are as rare as `tail`.
double UpperLimit(int k, int n, double tail) {
  if (k == n) return 1;
  double low = 0;
  double high = 1;
  for (double p = 0.5; low < p && p < high; p = std::midpoint(low, high)) {
    (AtMost(k, n, p) > tail ? low : high) = p;
  }
  return high;
}

}  // namespace

int BinomialQuantile(int n, double p, double level) {
  if (n == 0 || p == 0) return 0;
  if (p == 1) return n;
  Masses masses(n, p);
  double below = masses.Next();
  int k = 0;
  for (; below < level && k < n; ++k) below += masses.Next();
  return k;
}

ProbabilityInterval ClopperPearson(int k, int n, double confidence) {
  const double tail = (1 - confidence) / 2;
  return {.low = 1 - UpperLimit(n - k, n, tail),
          .high = UpperLimit(k, n, tail)};
}

}  // namespace opstat::stats
