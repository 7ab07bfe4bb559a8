#include "opstat/stats/pair_differences.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
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

// std::merge of numbers, with no branch on what they are: of noise a processor
// can foresee nothing. Each choice waits for the one before, so that the least
// and the greatest are chosen in turn, two chains that need not wait for each
// other; neither row runs out within as many steps as the shorter one has.
void Merge(std::span<const double> x, std::span<const double> y, double* to) {
  double* last = to + x.size() + y.size();
  while (!x.empty() && !y.empty()) {
    std::size_t i = 0, j = 0, k = x.size(), l = y.size();
    for (std::size_t step = std::min(k, l); step > 0; --step) {
      const bool least_is_x = x[i] <= y[j];
      *to++ = std::min(x[i], y[j]);
      i += std::size_t(least_is_x);
      j += std::size_t(!least_is_x);
      const bool greatest_is_y = x[k - 1] <= y[l - 1];
      *--last = std::max(x[k - 1], y[l - 1]);
      k -= std::size_t(!greatest_is_y);
      l -= std::size_t(greatest_is_y);
    }
    x = x.subspan(i, k - i);
    y = y.subspan(j, l - j);
  }
  to = std::ranges::copy(x, to).out;
  std::ranges::copy(y, to);
}

}  // namespace

PairDifferences::PairDifferences(std::vector<double> a, std::vector<double> b)
    : a_(std::move(a)), b_(std::move(b)) {
  if (Size() <= kSmall) {
    ListAll();
    return;
  }
  const double least = b_.front() - a_.back();
  counted_ = {{FromOrdinal(ToOrdinal(least) - 1), 0},
              {b_.back() - a_.front(), Size()}};
}

// The differences from one value of `a_` ascend: what is to be done is to merge
// rows, twice as long each time.
void PairDifferences::ListAll() {
  std::array<double, kSmall> storage;
  double* from = all_.data();
  double* to = storage.data();
  const auto size = std::size_t(Size());
  for (double* at = from; const double low : a_) {
    for (const double high : b_) *at++ = high - low;
  }
  for (std::size_t row = b_.size(); row < size; row *= 2) {
    for (std::size_t start = 0; start < size; start += 2 * row) {
      const std::size_t middle = std::min(start + row, size);
      const std::size_t end = std::min(middle + row, size);
      Merge({from + start, from + middle}, {from + middle, from + end},
            to + start);
    }
    std::swap(from, to);
  }
  if (from != all_.data()) std::copy_n(from, size, all_.data());
}

double PairDifferences::At(std::int64_t k) {
  if (Size() <= kSmall) return all_[std::size_t(k - 1)];
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
