#pragma once

#include "opstat/cli/compare_run.h"
#include "opstat/cli/gate_policy.h"

namespace opstat::cli {

/// What a gate judges: a compare in any of its forms, or
///   --from BASE HEAD                  two files
///   --baseline RUN --from HEAD        a run of the history and a file
///   --baseline RUN -- PROGRAM         the same and a program, measured now
///   --baseline RUN                    the same and the newest run
/// under the policy of its baseline. Which policy that is, is said on stderr.
/// With --allow-no-baseline a base that cannot be resolved or built is
/// replaced by the head: then budgets alone hold, and a warning says so.
CompareRun RunGate(const Arguments& arguments, Streams& streams);

/// Baseline and contender of the forms with --from and --baseline, without
/// measuring anything; those of the newest comparison where neither is given.
struct StoredSides {
  std::vector<benchfmt::Run> runs;
  std::vector<std::string> failures = {};
  std::optional<int> ended = {};  ///< the exit code of an interrupted measuring
  bool measured = false;          ///< the contender, just now
};
bool TakesStoredSides(const Arguments& arguments);
bool HasStoredSides(const Arguments& arguments);  ///< there are such samples
StoredSides TakeStoredSides(const Arguments& arguments, Streams& streams);

/// Judges such sides at once, all their samples together.
Judgement JudgementOfStored(const Arguments& under, const GatePolicy& policy);

}  // namespace opstat::cli
