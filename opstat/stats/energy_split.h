#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace opstat::stats {

/// Twice the midranks of `values` (2, 4, ... without ties): what is left of
/// them when only their order counts. Pure. REQUIRES: no NaN.
std::vector<double> DoubledRanks(std::span<const double> values);

/// Two neighbouring parts of a series: x[0, at) and x[at, end).
struct Split {
  std::size_t at = 0, end = 0;
};

/// Where `x` most looks like two distributions: the largest energy statistic of
/// two parts, each of at least `shortest` values, that begin `x` (Matteson and
/// James 2014, equations 5 and 7, alpha = 1; the statistic of
/// otava.change_point_divisive.calculator). `end` is not always the end: a
/// level that comes and goes shows best without what follows. The first of
/// equals; {x.size(), x.size()} when `x` is shorter than two parts. O(n^2)
/// time, O(n) memory. Pure. REQUIRES: no NaN, shortest >= 2.
Split EnergySplit(std::span<const double> x, std::size_t shortest);

}  // namespace opstat::stats
