#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace opstat::stats {

/// The order statistics of all n1 * n2 differences b - a of two samples. Of
/// large samples no pair is stored: a difference is found by counting those
/// below a guess, O(n1 + n2) each, until few enough are left to be listed.
/// Remembers its counts, so that a second order statistic is found faster.
class PairDifferences {
 public:
  /// REQUIRES: both ascending, not empty, finite.
  PairDifferences(std::vector<double> a, std::vector<double> b);

  std::int64_t Size() const {
    return std::int64_t(a_.size()) * std::int64_t(b_.size());
  }
  /// The k-th smallest, 1 <= k <= Size().
  double At(std::int64_t k);
  double Median();

 private:
  struct Bracket {
    double low, high;          ///< the difference sought is > low and <= high
    std::int64_t below, upto;  ///< how many are <= low, <= high
  };

  Bracket Known(std::int64_t k) const;
  bool Narrow(std::int64_t k, int step, Bracket& bracket);
  std::int64_t CountAtMost(double x) const;
  std::vector<double> Within(const Bracket& bracket) const;

  /// Up to so many pairs are listed.
  static constexpr std::int64_t kSmall = 1024;

  void ListAll();

  std::vector<double> a_, b_;
  /// Of small samples: every difference, ascending. Within the object, for
  /// comparisons make one a row.
  std::array<double, kSmall> all_;
  std::map<double, std::int64_t> counted_;  ///< x, and how many are <= x
};

}  // namespace opstat::stats
