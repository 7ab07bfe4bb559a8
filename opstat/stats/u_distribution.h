#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace opstat::stats {

/// The null distribution of the Mann-Whitney U of two samples, exact and
/// conditional on the ties: each choice of which of the n1 + n2 values belong
/// to the second sample is equally likely. U counts the pairs in which the
/// second sample's value is greater, ties as half; here as 2U, a whole number.
///
/// Counts arrangements value by value (Klotz 1966; Cheung and Klotz 1997);
/// agrees with scipy.stats.mannwhitneyu(method="exact") without ties and with
/// scipy.stats.permutation_test with them.
class UDistribution {
 public:
  /// `ties` are the sizes of the groups of equal values in ascending order of
  /// value, n1 + n2 in sum. Shared and kept for the next call with the same
  /// ties, as comparisons of coarse values repeat a few patterns. Thread-safe.
  /// REQUIRES: Feasible(n1, n2).
  static std::shared_ptr<const UDistribution> Of(int n1, int n2,
                                                 std::span<const int> ties);
  /// The one without ties.
  static std::shared_ptr<const UDistribution> Of(int n1, int n2);

  /// Whether the counting takes well under a second: about 100 + 100.
  static bool Feasible(std::int64_t n1, std::int64_t n2);

  /// P(2U <= two_u) and P(2U >= two_u), each to about 1e-14 of itself.
  double AtMost(std::int64_t two_u) const;
  double AtLeast(std::int64_t two_u) const;

  std::int64_t Largest() const { return largest_; }  ///< 2U never exceeds it
  /// Distance of the values 2U can take: 2 without ties, else 1.
  int Step() const { return step_; }

 private:
  UDistribution(int n1, int n2, std::span<const int> ties);

  std::int64_t largest_;
  int step_;
  std::vector<double> at_most_, at_least_;  // by 2U / step
};

}  // namespace opstat::stats
