#include "opstat/cli/tracker_formats.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "opstat/benchfmt/csv.h"
#include "opstat/benchfmt/error.h"
#include "opstat/cli/tracker_metrics.h"

namespace opstat::cli {
namespace {

using benchfmt::Benchmark;
using benchfmt::Run;

using Columns = std::vector<std::pair<std::string, double>>;

Columns ColumnsOf(const Run& run) {
  Columns columns;
  for (const Benchmark& benchmark : run.benchmarks)
    for (const TrackerMetric& metric : TrackerMetrics(benchmark))
      columns.emplace_back(benchmark.name + " " + metric.unit, metric.center);
  return columns;
}

// Leaves the columns that every run has, all in the order of the last run.
void KeepCommon(std::vector<Columns>& runs) {
  std::map<std::string, std::size_t> count;
  for (const Columns& columns : runs)
    for (const auto& column : columns) ++count[column.first];
  std::map<std::string, std::size_t> place;
  for (const auto& column : runs.back())
    place.emplace(column.first, place.size());
  for (Columns& columns : runs) {
    std::erase_if(columns, [&](const auto& column) {
      return count[column.first] < runs.size();
    });
    std::ranges::sort(columns, {}, [&](const auto& column) {
      return place.at(column.first);
    });
  }
}

}  // namespace

std::string WriteOtavaCsv(std::span<const Run> runs) {
  std::vector<const Run*> ordered;
  for (const Run& run : runs) {
    if (run.time.empty())
      throw Error(Failure::kBadData, run.label + ": no time, which Otava needs",
                  "Go benchmark text and hyperfine JSON carry none");
    ordered.push_back(&run);
  }
  std::ranges::stable_sort(ordered, {}, &Run::time);
  std::vector<Columns> values;
  for (const Run* run : ordered) values.push_back(ColumnsOf(*run));
  KeepCommon(values);
  if (values.front().empty())
    throw Error(Failure::kBadData, "no benchmark that all these runs measured",
                "export fewer runs at once");
  std::string lines = "time,commit";
  for (const auto& column : values.front())
    lines += "," + benchfmt::CsvField(column.first);
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    lines += "\n" + benchfmt::CsvField(ordered[i]->time) + "," +
             benchfmt::CsvField(ordered[i]->Fact("commit.hash"));
    for (const auto& column : values[i])
      lines += "," + benchfmt::CsvNumber(column.second);
  }
  return lines + "\n";
}

}  // namespace opstat::cli
