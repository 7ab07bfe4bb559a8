#pragma once

#include <span>

#include "opstat/benchfmt/run.h"

namespace opstat::compare {

/// The samples of several benchmarks, one after the other, as those of one; NaN
/// where a benchmark lacks a unit. Its name is the first's, or that of the
/// first which means wall time. REQUIRES: at least one.
benchfmt::Benchmark MergeBenchmarks(
    std::span<const benchfmt::Benchmark* const> benchmarks);

/// What is true of several runs' samples: the facts that are equal in all, the
/// session if they share one, whether each sample is a process. The benchmarks
/// are left out. REQUIRES: at least one.
benchfmt::Run MergeRuns(std::span<const benchfmt::Run* const> runs);

}  // namespace opstat::compare
