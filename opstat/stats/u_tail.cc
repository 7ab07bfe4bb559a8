#include "opstat/stats/u_tail.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "opstat/stats/normal.h"

namespace opstat::stats {
namespace {

constexpr int kExact = 30;

double NormalTail(double n1, double n2, double u) {
  const double mean = n1 * n2 / 2;
  const double deviation = std::sqrt(n1 * n2 * (n1 + n2 + 1) / 12);
  return std::min(1., NormalCdf((u + 0.5 - mean) / deviation));
}

// Multiplies a polynomial by (1 - q^n).
void Times(std::vector<double>& c, std::size_t n) {
  for (std::size_t u = c.size(); u-- > n;) c[u] -= c[u - n];
}

// Divides it by (1 - q^n).
void Over(std::vector<double>& c, std::size_t n) {
  for (std::size_t u = n; u < c.size(); ++u) c[u] += c[u - n];
}

// The ways in which U is 0, 1, ... are the coefficients of the Gaussian
// binomial, the product of (1 - q^(larger + i)) / (1 - q^i).
double ExactTail(int smaller, int larger, std::int64_t u) {
  std::vector<double> ways(std::size_t(u) + 1);
  ways[0] = 1;
  double arrangements = 1;
  for (int i = 1; i <= smaller; ++i) {
    Times(ways, std::size_t(larger) + std::size_t(i));
    Over(ways, std::size_t(i));
    arrangements = arrangements * (larger + i) / i;
  }
  return std::accumulate(ways.begin(), ways.end(), 0.) / arrangements;
}

}  // namespace

double UTail(int n1, int n2, std::int64_t two_u) {
  const auto [smaller, larger] = std::minmax(n1, n2);
  // A half, of ties, is rounded towards the mean.
  const std::int64_t u = (two_u + 1) / 2;
  return smaller > kExact ? NormalTail(n1, n2, double(u))
                          : ExactTail(smaller, larger, u);
}

}  // namespace opstat::stats
