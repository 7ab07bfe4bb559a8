#include "opstat/measure/harness_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "opstat/benchfmt/unit.h"

namespace opstat::measure {
namespace {

void ParseLine(const std::string& line, HarnessReport* report) {
  std::istringstream fields(line);
  std::string kind;
  fields >> kind;
  if (kind == "verdict") {
    HarnessReport::Verdict verdict;
    fields >> verdict.word >> std::ws;
    std::getline(fields, verdict.detail);
    report->verdict = verdict;
  } else if (kind == "totals") {
    ProcessTotals process;
    fields >> process.allocs >> process.bytes >> process.frees;
    if (!report->totals) report->totals.emplace();
    report->totals->allocs += process.allocs;
    report->totals->bytes += process.bytes;
    report->totals->frees += process.frees;
  } else if (kind == "replaced") {
    std::string name;
    if (fields >> name) report->replaced.insert(name);
  } else if (kind == "counts") {
    auto& counts = report->counts.emplace_back();
    for (std::string field; fields >> field;) {
      const std::size_t equals = field.rfind('=');
      if (equals != std::string::npos)
        counts[field.substr(0, equals)] =
            std::strtod(field.c_str() + equals + 1, nullptr);
    }
  }
}

// Repetitions of a process may differ, and a sample is their median.
bool WasCounted(const HarnessReport& report, const std::string& unit,
                double value) {
  double low = value, high = value;
  bool found = false;
  for (const auto& call : report.counts) {
    const auto counted = call.find(unit);
    if (counted == call.end()) continue;
    low = found ? std::min(low, counted->second) : counted->second;
    high = found ? std::max(high, counted->second) : counted->second;
    found = true;
  }
  return low <= value && value <= high;
}

}  // namespace

HarnessReport ParseHarnessReport(const std::string& text) {
  HarnessReport report;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) ParseLine(line, &report);
  return report;
}

void RestoreCounts(const HarnessReport& report, benchfmt::Run* run) {
  if (report.counts.empty()) return;
  for (benchfmt::Benchmark& benchmark : run->benchmarks) {
    for (const std::string& unit : report.replaced)
      run->warnings.push_back(fmt::format(
          "{} sets a counter {} of its own before its loop, which opstat's "
          "replaces; give it another name",
          benchmark.name, unit));
    for (const auto& [unit, counted] : report.counts.back()) {
      const bool erased = benchmark.Find(unit) == nullptr;
      auto& values = benchmark.Add(unit).values;
      if (!erased && WasCounted(report, unit, values.front())) continue;
      if (unit == benchfmt::kAllocs || unit == benchfmt::kBytes)
        run->warnings.push_back(fmt::format(
            "{} {} after its loop; shown is what opstat counted",
            benchmark.name,
            erased ? fmt::format("erases the counter {}", unit)
                   : fmt::format("sets a counter {} of its own", unit)));
      std::ranges::fill(values, counted);
    }
  }
}

}  // namespace opstat::measure
