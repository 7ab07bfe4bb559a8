#include "opstat/stats/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "opstat/stats/normal.h"
#include "opstat/stats/u_distribution.h"

namespace opstat::stats {
namespace {

// What the test needs of two samples.
struct Ranking {
  int n1 = 0, n2 = 0;
  std::int64_t two_u = 0;  // of the second sample
  std::vector<int> ties;   // sizes of groups of equal values, ascending
  bool HasTies() const {
    return ties.size() < std::size_t(n1) + std::size_t(n2);
  }
  // No arrangement differs from another, so there is nothing to test.
  bool IsEmpty() const { return n1 == 0 || n2 == 0 || ties.size() == 1; }
  std::int64_t Largest() const { return std::int64_t{2} * n1 * n2; }
};

// `values` themselves where they are sorted already, else a copy in `storage`.
std::span<const double> Sorted(std::span<const double> values,
                               std::vector<double>& storage) {
  if (std::ranges::is_sorted(values)) return values;
  storage.assign(values.begin(), values.end());
  std::ranges::sort(storage);
  return storage;
}

Ranking Rank(std::span<const double> first, std::span<const double> second) {
  std::vector<double> storage[2];
  const std::span<const double> x = Sorted(first, storage[0]);
  const std::span<const double> y = Sorted(second, storage[1]);
  Ranking ranking;
  ranking.ties.reserve(x.size() + y.size());
  ranking.n1 = int(x.size());
  ranking.n2 = int(y.size());
  for (std::size_t i = 0, j = 0; i < x.size() || j < y.size();) {
    const double value = j == y.size()   ? x[i]
                         : i == x.size() ? y[j]
                                         : std::min(x[i], y[j]);
    const std::size_t smaller = i;
    std::size_t tied_x = 0;
    std::size_t tied_y = 0;
    for (; i < x.size() && x[i] == value; ++i) ++tied_x;
    for (; j < y.size() && y[j] == value; ++j) ++tied_y;
    ranking.two_u += std::int64_t(tied_y * (2 * smaller + tied_x));
    ranking.ties.push_back(int(tied_x + tied_y));
  }
  return ranking;
}

// Standard deviation of U, with the correction for ties.
double Sigma(const Ranking& r) {
  const double n = double(r.n1) + r.n2;
  double excess = 0;
  for (double t : r.ties) excess += t * t * t - t;
  return std::sqrt(double(r.n1) * r.n2 / 12 * (n + 1 - excess / (n * (n - 1))));
}

// U - mean, half a step nearer to 0: corrects for continuity.
double Shrunk(double deviation) {
  return std::copysign(std::max(0.0, std::abs(deviation) - 0.5), deviation);
}

double Deviation(const Ranking& r) {
  return double(2 * r.two_u - r.Largest()) / 4;
}

OneSidedP NormalOneSided(const Ranking& r) {
  const double sigma = Sigma(r);
  return {.greater = NormalCdf((0.5 - Deviation(r)) / sigma),
          .less = NormalCdf((0.5 + Deviation(r)) / sigma)};
}

OneSidedP ExactOneSided(const Ranking& r) {
  const auto distribution = UDistribution::Of(r.n1, r.n2, r.ties);
  return {.greater = distribution->AtLeast(r.two_u),
          .less = distribution->AtMost(r.two_u)};
}

double TwiceSmaller(const OneSidedP& p) {
  return std::min(1.0, 2 * std::min(p.greater, p.less));
}

double BenchstatExact(const Ranking& r) {
  const std::int64_t mirrored = r.Largest() - r.two_u;
  if (r.two_u == mirrored) return 1;
  // benchstat's U is the baseline's: its lower tail is our upper one.
  const auto distribution = UDistribution::Of(r.n1, r.n2, r.ties);
  return std::min(1.0, 2 * distribution->AtLeast(std::max(r.two_u, mirrored)));
}

double LogChoose(double n, double k) {
  int sign;  // lgamma itself writes a global variable
  return lgamma_r(n + 1, &sign) - lgamma_r(k + 1, &sign) -
         lgamma_r(n - k + 1, &sign);
}

// The most extreme arrangements give the contender the last n2 values, in the
// order of `ties`; how many there are depends on the group at the border.
template <typename Iterator>
double SmallestP(const Ranking& r, Iterator group) {
  int needed = r.n2;
  while (*group < needed) needed -= *group++;
  return std::exp(LogChoose(*group, needed) -
                  LogChoose(double(r.n1) + r.n2, r.n1));
}

}  // namespace

OneSidedP MannWhitneyOneSided(std::span<const double> baseline,
                              std::span<const double> contender, double limit) {
  constexpr int kAlwaysExact = 30;
  constexpr double kNear = 10;
  const Ranking r = Rank(baseline, contender);
  if (r.IsEmpty()) return {};
  if (std::max(r.n1, r.n2) <= kAlwaysExact) return ExactOneSided(r);
  const OneSidedP normal = NormalOneSided(r);
  const double p = std::min(normal.greater, normal.less);
  const bool near = p <= limit * kNear && p >= limit / kNear;
  return near && UDistribution::Feasible(r.n1, r.n2) ? ExactOneSided(r)
                                                     : normal;
}

double MannWhitneyAsBenchstat(std::span<const double> baseline,
                              std::span<const double> contender) {
  constexpr int kExactLimit = 50;
  constexpr int kTiesExactLimit = 25;
  const Ranking r = Rank(baseline, contender);
  if (r.IsEmpty()) return 1;
  const int limit = r.HasTies() ? kTiesExactLimit : kExactLimit;
  if (std::max(r.n1, r.n2) <= limit) return BenchstatExact(r);
  return 2 * NormalCdf(-std::abs(Shrunk(Deviation(r))) / Sigma(r));
}

double MannWhitneyTwoSided(std::span<const double> first,
                           std::span<const double> second) {
  const Ranking r = Rank(first, second);
  if (r.IsEmpty()) return 1;
  return TwiceSmaller(UDistribution::Feasible(r.n1, r.n2) ? ExactOneSided(r)
                                                          : NormalOneSided(r));
}

double MannWhitneySize(std::span<const double> first,
                       std::span<const double> second, double level) {
  const Ranking r = Rank(first, second);
  if (r.IsEmpty()) return 0;
  if (!UDistribution::Feasible(r.n1, r.n2)) return level;
  const auto distribution = UDistribution::Of(r.n1, r.n2, r.ties);
  double size = 0;
  std::int64_t u = 0;
  const int step = distribution->Step();
  for (; 2 * distribution->AtMost(u) <= level; u += step) {
    size = distribution->AtMost(u);
  }
  for (u = r.Largest(); 2 * distribution->AtLeast(u) <= level; u -= step) {
  }
  return size + distribution->AtLeast(u + step);
}

OneSidedP SmallestOneSidedP(std::span<const double> baseline,
                            std::span<const double> contender) {
  const Ranking r = Rank(baseline, contender);
  if (r.IsEmpty()) return {};
  return {.greater = SmallestP(r, r.ties.rbegin()),
          .less = SmallestP(r, r.ties.begin())};
}

double SmallestOneSidedP(std::size_t n1, std::size_t n2) {
  return std::exp(-LogChoose(double(n1) + double(n2), double(n1)));
}

int SmallestSampleForTest(double alpha) {
  std::size_t n = 1;
  while (TwiceSmaller({SmallestOneSidedP(n, n), 1}) > alpha) ++n;
  return int(n);
}

}  // namespace opstat::stats
