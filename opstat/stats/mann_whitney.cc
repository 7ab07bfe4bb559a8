#include "opstat/stats/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "opstat/stats/normal.h"
#include "opstat/stats/sorted.h"
#include "opstat/stats/u_distribution.h"

namespace opstat::stats {
namespace {

// U - mean, half a step nearer to 0: corrects for continuity.
double Shrunk(double deviation) {
  return std::copysign(std::max(0.0, std::abs(deviation) - 0.5), deviation);
}

double TwiceSmaller(const OneSidedP& p) {
  return std::min(1.0, 2 * std::min(p.greater, p.less));
}

// ln n!. Those of few values come for every row of a file.
double LogFactorial(std::size_t n) {
  thread_local std::vector<double> known;
  constexpr std::size_t kKept = 1024;
  int sign;  // lgamma itself writes a global variable
  if (n >= kKept) return lgamma_r(double(n) + 1, &sign);
  while (known.size() <= n) {
    known.push_back(lgamma_r(double(known.size()) + 1, &sign));
  }
  return known[n];
}

double LogChoose(std::size_t n, std::size_t k) {
  return LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);
}

// The most extreme arrangements give the contender the last n2 values, in the
// order of `group`; how many there are depends on the group at the border.
template <typename Iterator>
double SmallestP(int n1, int n2, Iterator group) {
  int needed = n2;
  while (*group < needed) needed -= *group++;
  return std::exp(
      LogChoose(std::size_t(*group), std::size_t(needed)) -
      LogChoose(std::size_t(n1) + std::size_t(n2), std::size_t(n1)));
}

}  // namespace

MannWhitney::MannWhitney(std::span<const double> baseline,
                         std::span<const double> contender)
    : n1_(int(baseline.size())), n2_(int(contender.size())) {
  std::vector<double> storage[2];
  const std::span<const double> x = Sorted(baseline, storage[0]);
  const std::span<const double> y = Sorted(contender, storage[1]);
  ties_.reserve(x.size() + y.size());
  for (std::size_t i = 0, j = 0; i < x.size() || j < y.size();) {
    const double value = j == y.size()   ? x[i]
                         : i == x.size() ? y[j]
                                         : std::min(x[i], y[j]);
    const std::size_t smaller = i;
    std::size_t tied_x = 0;
    std::size_t tied_y = 0;
    for (; i < x.size() && x[i] == value; ++i) ++tied_x;
    for (; j < y.size() && y[j] == value; ++j) ++tied_y;
    two_u_ += std::int64_t(tied_y * (2 * smaller + tied_x));
    ties_.push_back(int(tied_x + tied_y));
  }
}

OneSidedP MannWhitney::OneSided(double limit) {
  constexpr int kAlwaysExact = 30;
  constexpr double kNear = 10;
  if (IsEmpty()) return {};
  if (std::max(n1_, n2_) <= kAlwaysExact) return Exact();
  const OneSidedP normal = Normal();
  const double p = std::min(normal.greater, normal.less);
  const bool near = p <= limit * kNear && p >= limit / kNear;
  return near && UDistribution::Feasible(n1_, n2_) ? Exact() : normal;
}

double MannWhitney::AsBenchstat() {
  constexpr int kExactLimit = 50;
  constexpr int kTiesExactLimit = 25;
  if (IsEmpty()) return 1;
  const int limit = HasTies() ? kTiesExactLimit : kExactLimit;
  if (std::max(n1_, n2_) <= limit) return BenchstatExact();
  return 2 * NormalCdf(-std::abs(Shrunk(Deviation())) / Sigma());
}

double MannWhitney::TwoSided() {
  if (IsEmpty()) return 1;
  return TwiceSmaller(UDistribution::Feasible(n1_, n2_) ? Exact() : Normal());
}

double MannWhitney::Size(double level) {
  if (IsEmpty()) return 0;
  if (!UDistribution::Feasible(n1_, n2_)) return level;
  const UDistribution& distribution = Distribution();
  double size = 0;
  std::int64_t u = 0;
  const int step = distribution.Step();
  for (; 2 * distribution.AtMost(u) <= level; u += step) {
    size = distribution.AtMost(u);
  }
  for (u = Largest(); 2 * distribution.AtLeast(u) <= level; u -= step) {
  }
  return size + distribution.AtLeast(u + step);
}

OneSidedP MannWhitney::SmallestOneSided() const {
  if (IsEmpty()) return {};
  return {.greater = SmallestP(n1_, n2_, ties_.rbegin()),
          .less = SmallestP(n1_, n2_, ties_.begin())};
}

// Standard deviation of U, with the correction for ties.
double MannWhitney::Sigma() const {
  const double n = double(n1_) + n2_;
  double excess = 0;
  for (double t : ties_) excess += t * t * t - t;
  return std::sqrt(double(n1_) * n2_ / 12 * (n + 1 - excess / (n * (n - 1))));
}

double MannWhitney::Deviation() const {
  return double(2 * two_u_ - Largest()) / 4;
}

OneSidedP MannWhitney::Normal() const {
  const double sigma = Sigma();
  return {.greater = NormalCdf((0.5 - Deviation()) / sigma),
          .less = NormalCdf((0.5 + Deviation()) / sigma)};
}

OneSidedP MannWhitney::Exact() {
  const UDistribution& distribution = Distribution();
  return {.greater = distribution.AtLeast(two_u_),
          .less = distribution.AtMost(two_u_)};
}

double MannWhitney::BenchstatExact() {
  const std::int64_t mirrored = Largest() - two_u_;
  if (two_u_ == mirrored) return 1;
  // benchstat's U is the baseline's: its lower tail is our upper one.
  return std::min(1.0, 2 * Distribution().AtLeast(std::max(two_u_, mirrored)));
}

const UDistribution& MannWhitney::Distribution() {
  if (!distribution_) distribution_ = UDistribution::Of(n1_, n2_, ties_);
  return *distribution_;
}

OneSidedP MannWhitneyOneSided(std::span<const double> baseline,
                              std::span<const double> contender, double limit) {
  return MannWhitney(baseline, contender).OneSided(limit);
}

double MannWhitneyAsBenchstat(std::span<const double> baseline,
                              std::span<const double> contender) {
  return MannWhitney(baseline, contender).AsBenchstat();
}

double MannWhitneyTwoSided(std::span<const double> first,
                           std::span<const double> second) {
  return MannWhitney(first, second).TwoSided();
}

double MannWhitneySize(std::span<const double> first,
                       std::span<const double> second, double level) {
  return MannWhitney(first, second).Size(level);
}

OneSidedP SmallestOneSidedP(std::span<const double> baseline,
                            std::span<const double> contender) {
  return MannWhitney(baseline, contender).SmallestOneSided();
}

double SmallestOneSidedP(std::size_t n1, std::size_t n2) {
  return std::exp(-LogChoose(n1 + n2, n1));
}

int SmallestSampleForTest(double alpha) {
  std::size_t n = 1;
  while (TwiceSmaller({SmallestOneSidedP(n, n), 1}) > alpha) ++n;
  return int(n);
}

}  // namespace opstat::stats
