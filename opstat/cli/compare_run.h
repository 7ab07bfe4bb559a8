#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "opstat/cli/arguments.h"
#include "opstat/cli/compare_sides.h"
#include "opstat/cli/judgement.h"
#include "opstat/cli/spool.h"

namespace opstat::cli {

/// What a compare measured and judged, and stored.
struct CompareRun {
  /// The exit code of a run that ended early: a dry run's, an interrupted
  /// one's. What follows is empty then.
  std::optional<int> ended;
  std::vector<benchfmt::Run> runs;
  compare::Comparison comparison;
  std::vector<measure::Side> sides;
  bool identical = false;  ///< see CompareSides
  std::string id;          ///< what it is stored as; "": it is not
  std::vector<std::string>
      failures;  ///< benchmarks without samples, a line each
  /// Locks on the folders of built revisions: their programs stay.
  std::vector<checkout::CacheEntry> folders = {};
};

/// What is added to a session's judgement once its sides are known.
using Amend = std::function<void(const SessionHeader&, Judgement&)>;

/// A compare, or one that goes on, from its command line to its verdicts: sides
/// are built, measured, judged and stored. What it does is said on stderr, a
/// dry run on stdout. Throws what building, measuring and storing throw.
CompareRun RunCompare(const Arguments& arguments, Streams& streams,
                      const Amend& amend = {});

/// The comparison as text or, with --json, as a document.
void PrintComparison(const compare::Comparison& comparison,
                     const Arguments& arguments, Streams& streams);

/// How to see it again, a line; "" for one that is not stored.
std::string StoredText(const CompareRun& run);

}  // namespace opstat::cli
