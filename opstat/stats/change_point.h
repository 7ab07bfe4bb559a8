#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace opstat::stats {

/// Where a series changes its level for good: values[index] is the first of the
/// new level.
struct ChangePoint {
  std::size_t index = 0;
  double before = 0, after = 0;  ///< medians of the levels beside it
  /// At most the chance of such a step where nothing changed, times the steps
  /// it was chosen from; 0 where the gap between the levels is as wide as they.
  double p = 0;
  /// False within the last kProvisional values: the next may take it back.
  bool firm = false;
};

/// The shortest level that is believed.
inline constexpr std::size_t kShortestLevel = 5;
inline constexpr std::size_t kProvisional = 5;

struct ChangePointOptions {
  /// Of the chance of a false point in half a window of values. 0.25% keeps the
  /// false points of 100 values below 1%.
  double level = 0.0025;
  double least_change = 0.01;  ///< a smaller relative change is none
  std::size_t window = 50;
};

/// The change points of a noisy series, ascending. Windows of 50 values, half
/// overlapping, are divided at the largest energy statistic of their ranks
/// while a Mann-Whitney test, corrected for the number of splits that it was
/// chosen from and for the correlation of neighbours, says that the parts
/// differ; then points are dropped, the weakest first, until each holds against
/// the levels beside it (docs/TRENDS.md: sources, error rates). A step in the
/// last five values needs three of them to be seen; of fewer than ten values
/// nothing is said. O(n * window) time. Deterministic, pure.
/// REQUIRES: finite values.
std::vector<ChangePoint> FindChangePoints(
    std::span<const double> values, const ChangePointOptions& options = {});

}  // namespace opstat::stats
