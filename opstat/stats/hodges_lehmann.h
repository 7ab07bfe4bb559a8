#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "opstat/stats/pair_differences.h"

namespace opstat::stats {

/// By what factor the contender's values are those of the baseline.
struct RatioInterval {
  double ratio = 1;  ///< 0 and +inf where zeros prevail on one side only
  double low = 0, high = 0;  ///< -inf and +inf where n is too small
  double confidence = 0;     ///< achieved by [low, high]; 1 when infinite
};

/// The Hodges-Lehmann ratio (Hodges and Lehmann 1963, on logarithms): exp of
/// the median of all ln b - ln a, and the interval that inverts the one-sided
/// Mann-Whitney U tests at `tail` each (Bauer 1972): `high` is the upper
/// one-sided 1 - tail limit, and the interval excludes 1 when a test rejects.
/// In R: exp of wilcox.test(log(b), log(a), conf.int=TRUE,
/// conf.level=1-2*tail).
///
/// Which pair bounds the interval comes from the null distribution without
/// ties, exact where feasible (about 100 + 100) and normal above; with ties the
/// interval is no less confident. 0 against 0 is the ratio 1, 0 against k 0 or
/// infinite. nullopt when a sample is empty or holds a negative value.
/// O((n1 + n2) log) time and O(n1 + n2) memory beyond 1024 pairs.
/// REQUIRES: no NaN, 0 < tail < 0.5. Pure, thread-safe.
std::optional<RatioInterval> HodgesLehmannRatio(
    std::span<const double> baseline, std::span<const double> contender,
    double tail);

/// The same for several tails of one pair of samples: what they share is done
/// once.
class HodgesLehmann {
 public:
  /// REQUIRES: no NaN.
  HodgesLehmann(std::span<const double> baseline,
                std::span<const double> contender);

  std::optional<RatioInterval> Interval(double tail);

 private:
  std::size_t n1_, n2_;
  std::optional<PairDifferences> differences_;  ///< of logarithms
  double ratio_ = 1;
};

}  // namespace opstat::stats
