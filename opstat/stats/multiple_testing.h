#pragma once

#include <span>
#include <vector>

namespace opstat::stats {

/// p-values adjusted for being several, in the order given: reject those that
/// are at most alpha. All functions are pure and give values in [0, 1], each no
/// smaller than its p. REQUIRES: values in [0, 1].

/// The chance of rejecting anything when nothing changed is at most alpha (Holm
/// 1979), as Bonferroni's and never with fewer rejections. Agrees with R's
/// p.adjust(ps, "holm") and statsmodels' multipletests(ps, method="holm")[1].
std::vector<double> AdjustHolm(std::span<const double> ps);

/// Of those rejected at most the share alpha is false, on average, where the
/// tests are independent or positively dependent (Benjamini and Hochberg 1995).
/// Agrees with scipy.stats.false_discovery_control(ps, method="bh").
std::vector<double> AdjustBenjaminiHochberg(std::span<const double> ps);

}  // namespace opstat::stats
