#include "opstat/cli/tracker_metrics.h"

#include <fmt/format.h>

#include <utility>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/database.h"

namespace opstat::cli {
namespace {

// Without the digits that a factor of 1e9 adds to a short decimal.
double Rounded(double value) {
  return std::stod(fmt::format("{:.12g}", value));
}

}  // namespace

std::vector<TrackerMetric> TrackerMetrics(
    const benchfmt::Benchmark& benchmark) {
  std::vector<TrackerMetric> metrics;
  for (const benchfmt::Measurement& measurement : benchmark.measurements) {
    const store::Summary summary = SummarizeForStore(measurement);
    if (benchfmt::IsHousekeeping(measurement.unit) || summary.n == 0) continue;
    TrackerMetric metric{measurement.unit, summary.n, summary.median,
                         summary.low, summary.high};
    if (metric.unit == benchfmt::kWallTime ||
        metric.unit == benchfmt::kCpuTime) {
      metric.unit.replace(metric.unit.find("sec"), 3, "ns");
      for (double* value : {&metric.center, &metric.low, &metric.high})
        if (!std::isnan(*value)) *value = Rounded(*value * 1e9);
    }
    metrics.push_back(std::move(metric));
  }
  return metrics;
}

}  // namespace opstat::cli
