#include "opstat/cli/tracker_formats.h"

#include <fmt/format.h>

#include <algorithm>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/json.h"
#include "opstat/cli/tracker_metrics.h"

namespace opstat::cli {
namespace {

using benchfmt::Benchmark;
using benchfmt::Run;

void WriteEntry(Json& json, const Benchmark& benchmark,
                const TrackerMetric& metric) {
  json.Object([&] {
    json.Field("name", benchmark.name + " " + metric.unit);
    json.Field("unit", metric.unit);
    json.Field("value", metric.center);
    if (metric.HasInterval())
      json.Field("range",
                 fmt::format("± {:.4g}", std::max(metric.high - metric.center,
                                                  metric.center - metric.low)));
    json.Field("extra", fmt::format("median of n={}", metric.n));
  });
}

}  // namespace

std::string WriteGitHubAction(const Run& run) {
  Json json;
  bool any = false;
  json.Array([&] {
    for (const Benchmark& benchmark : run.benchmarks) {
      for (const TrackerMetric& metric : TrackerMetrics(benchmark)) {
        if (benchfmt::HigherIsBetter(metric.unit)) continue;
        any = true;
        WriteEntry(json, benchmark, metric);
      }
    }
  });
  if (!any)
    throw Error(Failure::kBadData,
                run.label + ": no unit of which less is better",
                "github-action-benchmark takes one direction a file");
  return json.Text() + "\n";
}

}  // namespace opstat::cli
