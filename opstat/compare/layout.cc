#include "opstat/compare/layout.h"

#include <unordered_map>

#include "opstat/benchfmt/name.h"

namespace opstat::compare {

Layout ColumnsByRun(std::span<const benchfmt::Run> runs) {
  Layout layout;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const benchfmt::Run& run : runs) {
    for (const benchfmt::Benchmark& benchmark : run.benchmarks) {
      const auto [place, is_new] =
          places.emplace(benchmark.name, layout.lines.size());
      if (is_new) {
        Line& line = layout.lines.emplace_back();
        line.subject = std::make_shared<const Subject>(
            Subject{benchmark.name, KeysOf(benchmark.name)});
        line.cells.resize(runs.size());
      }
      layout.lines[place->second].cells[layout.columns.size()] = &benchmark;
    }
    layout.columns.push_back(
        {.label = run.label, .heading = {run.label}, .run = &run});
  }
  return layout;
}

std::map<std::string, std::string> KeysOf(const std::string& name) {
  std::map<std::string, std::string> keys;
  for (const auto& part : benchfmt::SplitName(name)) {
    if (!part.key.empty()) keys.emplace(part.key, part.value);
  }
  return keys;
}

}  // namespace opstat::compare
