#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/name.h"
#include "opstat/compare/comparison.h"

namespace opstat::compare {
namespace {

using benchfmt::Benchmark;
using benchfmt::Run;

std::string KeysOf(const Run& run) {
  std::set<std::string_view> keys;
  for (const Benchmark& benchmark : run.benchmarks) {
    for (const auto& part : benchfmt::SplitName(benchmark.name)) {
      if (!part.key.empty()) keys.insert(part.key);
    }
  }
  return keys.empty() ? "none" : fmt::format("{}", fmt::join(keys, ", "));
}

std::vector<std::string> ValuesOf(const Run& run, const std::string& key) {
  std::vector<std::string> values;
  for (const Benchmark& benchmark : run.benchmarks) {
    const std::string value(benchfmt::KeyValue(benchmark.name, key));
    if (!value.empty() && std::ranges::count(values, value) == 0) {
      values.push_back(value);
    }
  }
  return values;
}

void RequireValues(const Run& run, const std::string& key,
                   const std::vector<std::string>& values,
                   const std::vector<std::string>& order) {
  if (values.empty()) {
    throw Error(Failure::kUsage,
                fmt::format("{}: no benchmark has the key \"{}\" in its name",
                            run.label, key),
                fmt::format("keys there are: {}", KeysOf(run)));
  }
  for (const std::string& value : order) {
    if (std::ranges::count(values, value) > 0) continue;
    throw Error(Failure::kUsage,
                fmt::format("{}: no benchmark has {}:{} in its name", run.label,
                            key, value),
                fmt::format("values of {}: {}", key, fmt::join(values, ", ")));
  }
}

Column ColumnOf(const Run& run, const std::string& key,
                const std::string& value) {
  Column column{.label = value, .run = &run, .rows = {}, .warnings = {}};
  for (const Benchmark& benchmark : run.benchmarks) {
    if (benchfmt::KeyValue(benchmark.name, key) != value) continue;
    column.rows.emplace_back(benchfmt::WithoutKey(benchmark.name, key),
                             &benchmark);
  }
  return column;
}

}  // namespace

std::vector<Column> ColumnsByRun(std::span<const Run> runs) {
  std::vector<Column> columns;
  for (const Run& run : runs) {
    Column column{.label = run.label, .run = &run, .rows = {}, .warnings = {}};
    for (const Benchmark& benchmark : run.benchmarks) {
      column.rows.emplace_back(benchmark.name, &benchmark);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<Column> ColumnsByKey(const Run& run, const std::string& key,
                                 const std::vector<std::string>& order) {
  const std::vector<std::string> values = ValuesOf(run, key);
  RequireValues(run, key, values, order);
  std::vector<Column> columns;
  for (const std::string& value : order.empty() ? values : order) {
    columns.push_back(ColumnOf(run, key, value));
  }
  for (const Benchmark& benchmark : run.benchmarks) {
    if (!benchfmt::KeyValue(benchmark.name, key).empty()) continue;
    columns.front().warnings.push_back(fmt::format(
        "{}: left out, its name has no key {}", benchmark.name, key));
  }
  return columns;
}

}  // namespace opstat::compare
