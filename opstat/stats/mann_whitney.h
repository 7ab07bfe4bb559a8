#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "opstat/stats/u_distribution.h"

namespace opstat::stats {

/// The Mann-Whitney U test (Mann and Whitney 1947) of a baseline against a
/// contender, both of independent samples. A tie counts as half a pair. All
/// functions are pure and thread-safe; where a sample is empty or all values
/// are equal every p-value is 1. REQUIRES: no NaN.

/// `greater`: the chance of a U at least as large when nothing changed; small
/// when the contender's values are greater. `less`: the other direction.
struct OneSidedP {
  double greater = 1, less = 1;
};

/// The questions to one pair of samples, which is ranked once for all of them.
class MannWhitney {
 public:
  MannWhitney(std::span<const double> baseline,
              std::span<const double> contender);

  /// What decisions use. Exact, conditional on the ties, to 30 + 30 values.
  /// Above that the normal approximation, unless it comes within a factor 10 of
  /// `limit` and the exact distribution is feasible. Agrees with
  /// scipy.stats.mannwhitneyu(contender, baseline, alternative="greater" or
  /// "less", method="exact" or "asymptotic").
  OneSidedP OneSided(double limit);

  /// The two-sided p-value as benchstat prints it (go-moremath's
  /// MannWhitneyUTest): exact to 50 values a side without ties and to 25 with
  /// ties, else normal with corrections for ties and continuity. With ties and
  /// unequal n benchstat doubles the tail on the smaller U's side though the
  /// distribution is skewed; so does this, capped at 1.
  double AsBenchstat();

  /// min(1, twice the smaller one-sided p), exact where feasible; agrees with
  /// scipy.stats.mannwhitneyu(alternative="two-sided", method="exact").
  double TwoSided();

  /// The chance that TwoSided() <= level when nothing changed, given these
  /// ties: at most `level`, and 0 for samples that cannot reach it.
  double Size(double level);

  /// The smallest one-sided p-values that samples of these sizes with these
  /// ties can reach; without ties both are 1 / C(n1 + n2, n1).
  OneSidedP SmallestOneSided() const;

 private:
  // No arrangement differs from another, so there is nothing to test.
  bool IsEmpty() const { return n1_ == 0 || n2_ == 0 || ties_.size() == 1; }
  bool HasTies() const {
    return ties_.size() < std::size_t(n1_) + std::size_t(n2_);
  }
  std::int64_t Largest() const { return std::int64_t{2} * n1_ * n2_; }
  double Sigma() const;
  double Deviation() const;
  OneSidedP Normal() const;
  OneSidedP Exact();
  double BenchstatExact();
  const UDistribution& Distribution();

  int n1_, n2_;
  std::int64_t two_u_ = 0;  ///< of the second sample
  std::vector<int> ties_;   ///< sizes of groups of equal values, ascending
  std::shared_ptr<const UDistribution> distribution_;  ///< once it was needed
};

/// The same questions asked once.
OneSidedP MannWhitneyOneSided(std::span<const double> baseline,
                              std::span<const double> contender, double limit);
double MannWhitneyAsBenchstat(std::span<const double> baseline,
                              std::span<const double> contender);
double MannWhitneyTwoSided(std::span<const double> first,
                           std::span<const double> second);
double MannWhitneySize(std::span<const double> first,
                       std::span<const double> second, double level);
OneSidedP SmallestOneSidedP(std::span<const double> baseline,
                            std::span<const double> contender);

/// SmallestOneSidedP of sizes alone, without ties.
double SmallestOneSidedP(std::size_t n1, std::size_t n2);

/// The smallest n for which the two-sided p of n + n values without ties can
/// be <= alpha (4 for 0.05): benchstat's "need >= 4 samples to detect a
/// difference". REQUIRES: alpha > 0.
int SmallestSampleForTest(double alpha);

}  // namespace opstat::stats
