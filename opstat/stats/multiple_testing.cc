#include "opstat/stats/multiple_testing.h"

#include <algorithm>
#include <numeric>

namespace opstat::stats {
namespace {

// Places of the values, that of the smallest first.
std::vector<std::size_t> AscendingOrder(std::span<const double> ps) {
  std::vector<std::size_t> order(ps.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return ps[i]; });
  return order;
}

}  // namespace

std::vector<double> AdjustHolm(std::span<const double> ps) {
  std::vector<double> adjusted(ps.size());
  double largest = 0;
  std::size_t left = ps.size();
  for (std::size_t i : AscendingOrder(ps)) {
    largest = std::max(largest, ps[i] * double(left--));
    adjusted[i] = std::min(1.0, largest);
  }
  return adjusted;
}

std::vector<double> AdjustBenjaminiHochberg(std::span<const double> ps) {
  std::vector<double> adjusted(ps.size());
  std::vector<std::size_t> order = AscendingOrder(ps);
  double smallest = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    const std::size_t i = order[rank - 1];
    smallest = std::min(smallest, ps[i] * double(ps.size()) / double(rank));
    adjusted[i] = smallest;
  }
  return adjusted;
}

}  // namespace opstat::stats
