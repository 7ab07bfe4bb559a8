#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::measure {

/// Of whole processes, added up.
struct ProcessTotals {
  double allocs = 0, bytes = 0, frees = 0;
};

/// What the harness in a process told beside the library's report; see
/// harness/side_report.h.
struct HarnessReport {
  /// Whether libopstat_preload.so can count there.
  struct Verdict {
    std::string word, detail;
  };
  std::optional<Verdict> verdict;
  /// Of each call of a benchmark, the counters by unit.
  std::vector<std::map<std::string, double>> counts;
  std::optional<ProcessTotals> totals;
  /// Counters of the benchmark's own, set before its loop, that ours replaced.
  std::set<std::string> replaced;
};

/// Lines of another kind are skipped. A program may be started by others that
/// have no benchmark: of several verdicts the last counts.
HarnessReport ParseHarnessReport(const std::string& text);

/// Puts back what the benchmark's own code did to the counters: its
/// `state.counters = {...}` erases them, a counter of its own named "B/op"
/// takes their place. Says so in the run's warnings, and where such a counter
/// stood there before and is lost.
void RestoreCounts(const HarnessReport& report, benchfmt::Run* run);

}  // namespace opstat::measure
