#include "opstat/stats/binomial.h"

#include <cmath>

namespace opstat::stats {

int BinomialQuantile(int n, double p, double level) {
  if (n == 0 || p == 0) return 0;
  if (p == 1) return n;
  // In logarithms: (1 - p)^n underflows for the n of a large suite.
  double log_mass = n * std::log1p(-p);
  const double log_odds = std::log(p) - std::log1p(-p);
  double below = std::exp(log_mass);
  int k = 0;
  while (below < level && k < n) {
    log_mass += std::log(double(n - k) / (k + 1)) + log_odds;
    below += std::exp(log_mass);
    ++k;
  }
  return k;
}

}  // namespace opstat::stats
