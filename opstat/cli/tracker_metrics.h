#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::cli {

/// One unit of one benchmark as services that track benchmarks want it: the
/// median and its 95% order-statistic interval. Clocks are in nanoseconds
/// ("ns/op", "cpu-ns/op").
struct TrackerMetric {
  std::string unit;
  std::int64_t n;
  double center;
  double low, high;  ///< NaN where n is too small

  bool HasInterval() const { return !std::isnan(low) && !std::isnan(high); }
};

/// Without bookkeeping units and what was not measured.
std::vector<TrackerMetric> TrackerMetrics(const benchfmt::Benchmark& benchmark);

}  // namespace opstat::cli
