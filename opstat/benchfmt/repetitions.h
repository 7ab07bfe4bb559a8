#pragma once

#include <cstdint>
#include <span>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// `benchmark` with adjacent samples of equal `process` made one: of each unit
/// the median of what was measured, NaN where nothing was. Repetitions within
/// one process (`/repeats:k`) share its luck, so they count once.
///
/// `process` has one number a sample.
Benchmark MergeRepetitions(const Benchmark& benchmark,
                           std::span<const std::int64_t> process);

/// MergeRepetitions of every benchmark of `run`, all rows of which one process
/// printed: each benchmark is left with one sample.
void MergeIntoOneSample(Run* run);

}  // namespace opstat::benchfmt
