#include "opstat/stats/energy_split.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace opstat::stats {
namespace {

// Sums of |x_i - x_j| over pairs, grown by one value of `x` at a time, for all
// splits of what was taken so far.
class PairSums {
 public:
  explicit PairSums(std::span<const double> x)
      : x_(x), before_(x.size() + 1), after_(x.size()) {}

  // Takes x[taken_]. after_[t] gains its distances to x[t..taken_).
  void Take() {
    double sum = 0;
    for (std::size_t t = taken_; t-- > 0;) {
      sum += std::abs(x_[t] - x_[taken_]);
      after_[t] += sum;
    }
    before_[taken_ + 1] = before_[taken_] + sum;
    ++taken_;
  }

  // n1 n2 / (n1 + n2) times the energy distance of x[0..t) and x[t..taken_).
  double Energy(std::size_t t) const {
    const auto n1 = double(t);
    const auto n2 = double(taken_ - t);
    const double between = after_[0] - before_[t] - after_[t];
    return 2 / (n1 + n2) *
           (between - n2 / (n1 - 1) * before_[t] - n1 / (n2 - 1) * after_[t]);
  }

  std::size_t taken() const { return taken_; }

 private:
  std::span<const double> x_;
  std::size_t taken_ = 0;
  std::vector<double> before_;  // of pairs within x[0..t)
  std::vector<double> after_;   // of pairs within x[t..taken_)
};

}  // namespace

std::vector<double> DoubledRanks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (std::size_t k = i; k < end; ++k) ranks[order[k]] = double(i + end + 1);
    i = end;
  }
  return ranks;
}

Split EnergySplit(std::span<const double> x, std::size_t shortest) {
  Split best{x.size(), x.size()};
  double largest = -std::numeric_limits<double>::infinity();
  PairSums sums(x);
  while (sums.taken() < x.size()) {
    sums.Take();
    for (std::size_t at = shortest; at + shortest <= sums.taken(); ++at) {
      const double energy = sums.Energy(at);
      if (energy <= largest) continue;
      largest = energy;
      best = {at, sums.taken()};
    }
  }
  return best;
}

}  // namespace opstat::stats
