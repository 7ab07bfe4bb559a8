#pragma once

#include <string>
#include <vector>

#include "opstat/cli/gate_blame.h"
#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// What a gate says: its comparison, and what is known beside it.
struct GateReport {
  const compare::Comparison& comparison;
  std::string id;                     ///< what `opstat show` takes; may be ""
  std::vector<std::string> failures;  ///< benchmarks without samples
  std::vector<Blamed> blamed;
  int exit_code = 0;

  /// "failed: 2 of 12 gated rows got worse", a line without its end.
  std::string Headline() const;
  /// Rows of a result, in the comparison's order; of a benchmark whose
  /// allocations are among them not the frees.
  std::vector<const compare::Row*> Rows(compare::GateResult result) const;
  const Blamed* BlameOf(const std::string& benchmark) const;
};

/// "1 -> 2 allocs/op: +1 (+100.0%)", what a row's gate says about it.
std::string FindingText(const compare::Row& row);

/// For under the table: a line a row that does not simply pass, the call sites,
/// and the headline.
std::string GateText(const GateReport& report);

/// The text for a pull request: the headline, what failed, then
/// PullRequestText; never longer than GitHub takes.
std::string GateMarkdown(const GateReport& report);

/// An opstat.compare/1 document with what the gate says.
std::string GateJson(const GateReport& report, bool samples);

/// JUnit XML: a test case a benchmark and unit.
std::string GateJunit(const GateReport& report);

}  // namespace opstat::cli
