#include "opstat/stats/pair_differences.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace opstat::stats {
namespace {

// A double's place in the order of all doubles; its own inverse.
std::int64_t Ordinal(std::int64_t bits) {
  return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
}
std::int64_t ToOrdinal(double x) {
  return Ordinal(std::bit_cast<std::int64_t>(x));
}
double FromOrdinal(std::int64_t ordinal) {
  return std::bit_cast<double>(Ordinal(ordinal));
}

}  // namespace

PairDifferences::PairDifferences(std::vector<double> a, std::vector<double> b)
    : a_(std::move(a)), b_(std::move(b)) {
  constexpr std::int64_t kSmall = 1024;
  if (Size() > kSmall) {
    const double least = b_.front() - a_.back();
    counted_ = {{FromOrdinal(ToOrdinal(least) - 1), 0},
                {b_.back() - a_.front(), Size()}};
    return;
  }
  all_.reserve(std::size_t(Size()));
  for (const double low : a_) {
    for (const double high : b_) all_.push_back(high - low);
  }
  std::ranges::sort(all_);
}

double PairDifferences::At(std::int64_t k) {
  if (!all_.empty()) return all_[std::size_t(k - 1)];
  const auto few = std::int64_t(a_.size() + b_.size());
  Bracket bracket = Known(k);
  for (int step = 0; bracket.upto - bracket.below > few; ++step) {
    // Equal differences, however many.
    if (!Narrow(k, step, bracket)) return bracket.high;
  }
  std::vector<double> left = Within(bracket);
  const auto sought = left.begin() + (k - bracket.below - 1);
  std::nth_element(left.begin(), sought, left.end());
  return *sought;
}

double PairDifferences::Median() {
  const double lower = At((Size() + 1) / 2);
  return Size() % 2 == 1 ? lower : (lower + At(Size() / 2 + 1)) / 2;
}

PairDifferences::Bracket PairDifferences::Known(std::int64_t k) const {
  const auto high = std::ranges::find_if(
      counted_, [k](const auto& c) { return c.second >= k; });
  const auto low = std::prev(high);
  return {low->first, high->first, low->second, high->second};
}

// One more count within the bracket; false when there is no double in between.
bool PairDifferences::Narrow(std::int64_t k, int step, Bracket& bracket) {
  const std::int64_t first = ToOrdinal(bracket.low) + 1;
  const std::int64_t last = ToOrdinal(bracket.high) - 1;
  if (first > last) return false;
  // Where k lies between the counts; the middle in turn, for interpolation
  // alone creeps along a long tail; and halves of all doubles for what neither
  // can split.
  constexpr int kPatience = 40;
  const double share = step % 3 == 2 ? 0.5
                                     : (double(k - bracket.below) - 0.5) /
                                           double(bracket.upto - bracket.below);
  const std::int64_t guess =
      step < kPatience ? ToOrdinal(std::lerp(bracket.low, bracket.high, share))
                       : std::midpoint(first, last);
  const double x = FromOrdinal(std::clamp(guess, first, last));
  const std::int64_t count = CountAtMost(x);
  counted_.emplace(x, count);
  if (count >= k) {
    bracket.high = x;
    bracket.upto = count;
  } else {
    bracket.low = x;
    bracket.below = count;
  }
  return true;
}

std::int64_t PairDifferences::CountAtMost(double x) const {
  std::int64_t count = 0;
  std::size_t j = 0;
  for (const double a : a_) {
    while (j < b_.size() && b_[j] - a <= x) ++j;
    count += std::int64_t(j);
  }
  return count;
}

std::vector<double> PairDifferences::Within(const Bracket& bracket) const {
  std::vector<double> within;
  within.reserve(std::size_t(bracket.upto - bracket.below));
  std::size_t first = 0;
  for (const double a : a_) {
    while (first < b_.size() && b_[first] - a <= bracket.low) ++first;
    for (std::size_t j = first; j < b_.size(); ++j) {
      const double difference = b_[j] - a;
      if (difference > bracket.high) break;
      within.push_back(difference);
    }
  }
  return within;
}

}  // namespace opstat::stats
