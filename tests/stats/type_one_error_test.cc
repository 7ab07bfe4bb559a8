#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "opstat/stats/binomial.h"
#include "opstat/stats/mann_whitney.h"
#include "opstat/stats/u_distribution.h"
#include "tests/stats/answers.h"

// The promise of a p-value: P(p <= alpha) <= alpha when nothing changed.

namespace opstat::stats {
namespace {

// Calls visit with every way to write n as a sum of group sizes, in order: all
// patterns of ties that n values can have.
void ForEachTiePattern(int n, std::vector<int>& ties,
                       const std::function<void()>& visit) {
  if (n == 0) return visit();
  for (int size = 1; size <= n; ++size) {
    ties.push_back(size);
    ForEachTiePattern(n - size, ties, visit);
    ties.pop_back();
  }
}

// How often each 2U comes up over all ways to give n2 of the values to the
// second sample: group by group, by the definition of U.
class Enumeration {
 public:
  Enumeration(const std::vector<int>& ties, int n2)
      : ties_(ties), n1_(0), counts_(1) {
    n1_ = std::accumulate(ties.begin(), ties.end(), 0) - n2;
    counts_.resize(std::size_t(2 * n1_ * n2 + 1));
    Visit(0, 0, n2, 0, 1);
  }

  const std::vector<double>& Counts() const { return counts_; }

 private:
  void Visit(std::size_t group, int firsts, int seconds_left, int two_u,
             double ways) {
    if (group == ties_.size()) {
      if (seconds_left == 0) counts_[std::size_t(two_u)] += ways;
      return;
    }
    const int size = ties_[group];
    double choices = 1;
    for (int s = 0; s <= std::min(size, seconds_left); ++s) {
      const int f = size - s;
      if (firsts + f <= n1_) {
        Visit(group + 1, firsts + f, seconds_left - s,
              two_u + s * (2 * firsts + f), ways * choices);
      }
      choices = choices * (size - s) / (s + 1);
    }
  }

  const std::vector<int>& ties_;
  int n1_;
  std::vector<double> counts_;
};

void ExpectExact(int n1, int n2, const std::vector<int>& ties) {
  const Enumeration enumeration(ties, n2);
  const std::vector<double>& counts = enumeration.Counts();
  const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
  const auto distribution = UDistribution::Of(n1, n2, ties);
  double at_most = 0;
  for (std::size_t u = 0; u < counts.size(); ++u) {
    const double at_least = total - at_most;
    at_most += counts[u];
    if (counts[u] == 0) continue;
    ASSERT_NEAR(distribution->AtMost(std::int64_t(u)), at_most / total, 1e-12);
    ASSERT_NEAR(distribution->AtLeast(std::int64_t(u)), at_least / total,
                1e-12);
  }
}

// A p-value is the share of arrangements at least as extreme, so that it is
// valid where this holds.
TEST(TypeOneError, IsExactForEveryPatternOfTies) {
  constexpr int kLargest = 8;
  for (int n1 = 1; n1 <= kLargest; ++n1) {
    for (int n2 = 1; n2 <= kLargest; ++n2) {
      std::vector<int> ties;
      ForEachTiePattern(n1 + n2, ties, [&] { ExpectExact(n1, n2, ties); });
      ASSERT_FALSE(HasFailure()) << n1 << "+" << n2;
    }
  }
}

// Whole numbers of `levels` levels, about as many of each; 0: all different.
Numbers Multiset(std::size_t n, int levels) {
  Numbers values(n);
  std::iota(values.begin(), values.end(), 0.0);
  if (levels == 0) return values;
  for (double& value : values) value = std::floor(value * levels / double(n));
  return values;
}

struct Case {
  std::size_t n1, n2;
  int levels;
};

// Deals the values out anew each time, and expects no more rejections either
// way than `slack` times alpha, at an alpha that the tests' n can reach; the
// chance to fail on a valid test is 1e-4 a count.
void ExpectValid(const Case& c, int draws, double slack) {
  constexpr std::array kAlphas{0.05, 0.01, 0.001};
  std::mt19937 engine(20261123);
  Numbers values = Multiset(c.n1 + c.n2, c.levels);
  const std::span all(values);
  std::array<std::array<int, 2>, kAlphas.size()> rejected{};
  for (int draw = 0; draw < draws; ++draw) {
    std::shuffle(values.begin(), values.end(), engine);
    const auto [greater, less] =
        MannWhitneyOneSided(all.first(c.n1), all.last(c.n2), kAlphas[1]);
    for (std::size_t i = 0; i < kAlphas.size(); ++i) {
      rejected[i][0] += greater <= kAlphas[i];
      rejected[i][1] += less <= kAlphas[i];
    }
  }
  for (std::size_t i = 0; i < kAlphas.size(); ++i) {
    const int limit = BinomialQuantile(draws, slack * kAlphas[i], 0.9999);
    EXPECT_LE(rejected[i][0], limit) << c.n1 << "+" << c.n2 << " " << c.levels;
    EXPECT_LE(rejected[i][1], limit) << c.n1 << "+" << c.n2 << " " << c.levels;
  }
}

TEST(TypeOneError, IsAtMostAlphaUpToTheExactLimit) {
  constexpr int kDraws = 100000;
  for (const int levels : {0, 2, 5}) {
    for (const auto& [n1, n2] :
         {std::pair{9, 9}, {10, 10}, {7, 12}, {30, 30}}) {
      ExpectValid({std::size_t(n1), std::size_t(n2), levels}, kDraws, 1);
    }
  }
}

TEST(TypeOneError, IsAtMostATenthAboveAlphaBeyond) {
  constexpr int kDraws = 50000;
  constexpr double kSlack = 1.1;
  for (const Case& c : {Case{31, 31, 0},
                        {60, 40, 5},
                        {150, 150, 0},
                        {150, 150, 5},
                        {40, 400, 0}}) {
    ExpectValid(c, kDraws, kSlack);
  }
}

}  // namespace
}  // namespace opstat::stats
