#include "opstat/stats/u_distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <thread>

#include "opstat/stats/mann_whitney.h"
#include "tests/stats/answers.h"

namespace opstat::stats {
namespace {

// Calls visit(first, second) for every way to give n2 of `values` to the
// second sample: all are equally likely when nothing changed.
template <typename Visit>
void ForEachSplit(const Numbers& values, std::size_t n2, Visit visit) {
  std::string chosen(values.size() - n2, 'a');
  chosen.append(n2, 'b');
  do {
    Numbers first;
    Numbers second;
    for (std::size_t i = 0; i < values.size(); ++i) {
      (chosen[i] == 'a' ? first : second).push_back(values[i]);
    }
    visit(first, second);
  } while (std::next_permutation(chosen.begin(), chosen.end()));
}

const Numbers kTied[] = {
    {1, 2, 3, 4, 5, 6, 7, 8},    {1, 1, 1, 1, 2, 2, 2, 2},
    {1, 2, 2, 2, 2, 2, 2, 9},    {1, 1, 2, 2, 3, 3, 4, 4, 4},
    {0, 0, 0, 0, 0, 0, 0, 0, 1}, {1, 1, 1, 2, 5, 5, 6, 6, 6, 6}};

TEST(UDistribution, SumsToOneAndMirrorsWhenTheSamplesSwap) {
  const std::vector<int> ties{1, 3, 2, 1};
  const auto forth = UDistribution::Of(3, 4, ties);
  const auto back = UDistribution::Of(4, 3, ties);
  ASSERT_EQ(forth->Largest(), 24);
  for (std::int64_t u = 0; u <= 24; ++u) {
    EXPECT_NEAR(forth->AtMost(u) + forth->AtLeast(u + 1), 1, 1e-12);
    EXPECT_NEAR(forth->AtMost(u), back->AtLeast(24 - u), 1e-12);
  }
}

// The promise of a p-value: P(p <= alpha) <= alpha, whatever the ties.
TEST(MannWhitney, NeverRejectsMoreOftenThanItSays) {
  for (const Numbers& values : kTied) {
    for (std::size_t n2 = 1; n2 < values.size(); ++n2) {
      Numbers greater;
      Numbers less;
      Numbers two_sided;
      ForEachSplit(values, n2, [&](const Numbers& a, const Numbers& b) {
        const OneSidedP p = MannWhitneyOneSided(a, b, 0.05);
        greater.push_back(p.greater);
        less.push_back(p.less);
        two_sided.push_back(MannWhitneyTwoSided(a, b));
      });
      for (Numbers* ps : {&greater, &less, &two_sided}) {
        for (double alpha : *ps) {
          const auto rejected = std::ranges::count_if(
              *ps, [&](double p) { return p <= alpha + 1e-12; });
          EXPECT_LE(double(rejected) / double(ps->size()), alpha + 1e-9);
        }
      }
    }
  }
}

TEST(MannWhitney, SmallestPAndSizeAreThoseOfTheEnumeration) {
  for (const Numbers& values : kTied) {
    for (std::size_t n2 = 1; n2 < values.size(); ++n2) {
      OneSidedP smallest;
      double rejected = 0;
      double splits = 0;
      Numbers first;
      Numbers second;
      ForEachSplit(values, n2, [&](const Numbers& a, const Numbers& b) {
        const OneSidedP p = MannWhitneyOneSided(a, b, 0.05);
        smallest.greater = std::min(smallest.greater, p.greater);
        smallest.less = std::min(smallest.less, p.less);
        rejected += MannWhitneyTwoSided(a, b) <= 0.2;
        splits += 1;
        first = a;
        second = b;
      });
      const OneSidedP formula = SmallestOneSidedP(first, second);
      EXPECT_NEAR(formula.greater, smallest.greater, 1e-9);
      EXPECT_NEAR(formula.less, smallest.less, 1e-9);
      EXPECT_NEAR(MannWhitneySize(first, second, 0.2), rejected / splits, 1e-9);
    }
  }
}

TEST(UDistribution, IsTheSameFromManyThreads) {
  const std::vector<int> ties{2, 1, 4, 1, 2};
  const double expected = UDistribution::Of(5, 5, ties)->AtMost(17);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int n = 1; n < 12; ++n) UDistribution::Of(n, t + 1);
      EXPECT_EQ(UDistribution::Of(5, 5, ties)->AtMost(17), expected);
    });
  }
}

TEST(UDistribution, IsFeasibleForLopsidedSamples) {
  ASSERT_TRUE(UDistribution::Feasible(2, 5000));
  ASSERT_FALSE(UDistribution::Feasible(10, 10000));
  const auto distribution = UDistribution::Of(2, 5000);
  EXPECT_NEAR(distribution->AtMost(0), 2.0 / 5002 / 5001, 1e-12);
}

}  // namespace
}  // namespace opstat::stats
