#pragma once

#include <string>
#include <vector>

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// "need >= 6 samples for confidence interval at level 0.95", as benchstat
/// says, where a side has too few; else "".
std::string IntervalWarning(const Row& row);

/// benchstat's warnings on a row that a test compares, each once: "need >= 6
/// samples for confidence interval at level 0.95", "all samples are equal",
/// "need >= 4 samples to detect a difference at alpha level 0.05".
std::vector<std::string> BenchstatWarnings(const Row& row);

/// "samples drift": one side's second half differs from its first by a
/// two-sided exact U p <= 1% and by more than tau; or else, each sample
/// resembles the one before: lag-1 autocorrelation above 3.29 / sqrt(n), which
/// independent samples exceed once in 2,000 times. At most one a side.
std::vector<std::string> DriftWarnings(const Row& row);

/// "sometimes allocates", "became non-deterministic" or "not deterministic"
/// for exact counts of which a side varies.
std::string VaryingWarning(const Row& row);

}  // namespace opstat::compare
