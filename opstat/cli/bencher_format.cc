#include "opstat/cli/tracker_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "opstat/benchfmt/content_id.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/benchfmt/utf8.h"
#include "opstat/cli/json.h"
#include "opstat/cli/tracker_metrics.h"

namespace opstat::cli {
namespace {

using benchfmt::Benchmark;
using benchfmt::Run;

std::string BencherName(const std::string& name) {
  constexpr std::size_t kLongest = 1024;
  constexpr std::size_t kKept = 1000;
  constexpr std::string_view kSpaces = " \t\r\n\v\f";
  const bool spaced = kSpaces.find(name.front()) != kSpaces.npos ||
                      kSpaces.find(name.back()) != kSpaces.npos;
  if (name.size() <= kLongest && !spaced) return name;
  std::size_t end = std::min(name.size(), kKept);
  while (end < name.size() && benchfmt::Utf8Length(name.substr(end)) == 0)
    --end;
  return fmt::format("_{}_{:.8}", name.substr(0, end),
                     benchfmt::ContentId(name));
}

std::string Measure(std::string_view unit) {
  if (unit == "ns/op") return "latency";
  if (unit == "cpu-ns/op") return "cpu-time";
  if (unit == benchfmt::kBytes) return "bytes-allocated";
  if (unit == benchfmt::kAllocs) return "allocations";
  constexpr std::size_t kLongest = 60;
  std::string slug;
  for (const char c : unit.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte))
      slug += static_cast<char>(std::tolower(byte));
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  if (slug.ends_with('-')) slug.pop_back();
  return slug.empty() ? "unit" : slug;
}

void WriteMetric(Json& json, const TrackerMetric& metric) {
  json.Object([&] {
    json.Field("value", metric.center);
    if (!metric.HasInterval()) return;
    json.Field("lower_value", metric.low);
    json.Field("upper_value", metric.high);
  });
}

void WriteMeasures(Json& json, const std::vector<TrackerMetric>& metrics) {
  std::set<std::string> used;
  for (const TrackerMetric& metric : metrics) {
    std::string measure = Measure(metric.unit);
    for (int i = 2; used.contains(measure); ++i)
      measure = fmt::format("{}-{}", Measure(metric.unit), i);
    used.insert(measure);
    json.Key(measure);
    WriteMetric(json, metric);
  }
}

}  // namespace

std::string WriteBencherMetrics(const Run& run) {
  Json json;
  json.Object([&] {
    for (const Benchmark& benchmark : run.benchmarks) {
      const std::vector<TrackerMetric> metrics = TrackerMetrics(benchmark);
      if (metrics.empty()) continue;
      json.Key(BencherName(benchmark.name));
      json.Object([&] { WriteMeasures(json, metrics); });
    }
  });
  return json.Text() + "\n";
}

}  // namespace opstat::cli
