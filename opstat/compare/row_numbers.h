#pragma once

#include <limits>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"
#include "opstat/compare/decision.h"

namespace opstat::compare {

/// The values of `unit` that the first `samples` samples measured, in their
/// order; empty when `benchmark` is null or did not measure it.
std::vector<double> MeasuredValues(
    const benchfmt::Benchmark* benchmark, std::string_view unit,
    std::size_t samples = std::numeric_limits<std::size_t>::max());

/// Fills centers, ratio and difference from the row's samples.
/// 0 -> 0 is the ratio 1; 0 -> k has none.
void FillCenters(Row& row);

/// Fills p-values, Hodges-Lehmann and bound, and returns what the noisy rule
/// looks at beside them. `limit` is the p that decides (see mann_whitney.h),
/// `to_come` that of NoisyNumbers. REQUIRES: samples on both sides.
NoisyNumbers FillTests(Row& row, double limit, int to_come = 0);

/// Range and resolution of an exact count. REQUIRES: a measured value.
ExactSide RangeOf(const benchfmt::Benchmark& benchmark, std::string_view unit);

}  // namespace opstat::compare
