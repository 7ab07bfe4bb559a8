#pragma once

#include <string>
#include <vector>

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// Screen and confirm: most rows of a comparison show nothing, so few rounds
/// for all and many for the few find more than the same time spread evenly.
///
///     Policy policy;
///     policy.mode = Mode::kScreenConfirm;
///     // measure policy.screen_rounds rounds of all benchmarks, interleaved
///     const Comparison screen = Compare(ColumnsByRun(runs), policy);
///     for (const std::string& name : BenchmarksToConfirm(screen)) {
///       // measure policy.confirm_rounds more, appended to the runs' samples
///     }
///     const Comparison result = Compare(ColumnsByRun(runs), policy);
///
/// A sample that failed is kUnmeasured in its place, so that places stay
/// rounds. Fewer fresh rounds than planned decide as well, if more noise than
/// was planned for; none leave the row undecided.
///
/// Why this is no second look at the same data: a row alarms on the p of all
/// its samples, whose n does not depend on them, and only if it was screened;
/// so that a false alarm is no likelier than that p <= alpha/m says, whatever
/// the screen does. Measured error rates: docs/STATISTICS.md.

/// The rows' names, each once and in their order, that get fresh rounds: what
/// screens (one-sided p <= 5% one way, effect beyond tau) and what has a bound
/// above must_see, or none; of rows that a noisy test decides, and nothing
/// else. Empty for a one-shot comparison. Pure.
std::vector<std::string> BenchmarksToConfirm(const Comparison& screen);

}  // namespace opstat::compare
