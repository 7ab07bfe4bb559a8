#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"
#include "opstat/compare/decision.h"

namespace opstat::compare {

/// The values of `unit` that were measured, in the samples' order, kept in
/// `store`; empty when `benchmark` is null or did not measure it.
std::span<const double> MeasuredValues(const benchfmt::Benchmark* benchmark,
                                       std::string_view unit,
                                       SampleStore& store);
/// How many of the first `samples` samples measured it.
std::size_t CountMeasured(const benchfmt::Benchmark* benchmark,
                          std::string_view unit, std::size_t samples);

/// A row's samples in ascending order: every number and test sorts, and what
/// is sorted already costs it nothing.
struct SortedSamples {
  std::vector<double> baseline, contender;

  SortedSamples() = default;
  explicit SortedSamples(const Row& row) { Take(row); }
  /// Those of `row`, into the memory of the row before.
  void Take(const Row& row);
};

/// Fills centers, ratio and difference. 0 -> 0 is the ratio 1; 0 -> k has none.
void FillCenters(Row& row, const SortedSamples& samples);

/// Fills p-values, Hodges-Lehmann and bound, and returns what the noisy rule
/// looks at beside them. `limit` is the p that decides (see mann_whitney.h),
/// `to_come` that of NoisyNumbers. REQUIRES: samples on both sides.
NoisyNumbers FillTests(Row& row, const SortedSamples& samples, double limit,
                       int to_come = 0);

/// Range and resolution of an exact count. REQUIRES: a measured value.
ExactSide RangeOf(const benchfmt::Benchmark& benchmark, std::string_view unit);

}  // namespace opstat::compare
