#pragma once

#include <filesystem>
#include <string>

#include "opstat/measure/program.h"

namespace opstat::measure {

/// Whether and how the allocations of a program can be counted.
struct Counting {
  enum class How {
    /// By counters of the timed loop itself, exact: the program was linked with
    /// opstat::harness, or has libopstat_preload.so in its environment.
    kInLoop,
    /// Only those of the whole process: see CountByDifference().
    kByDifference,
    kNot,
  };
  How how = How::kNot;
  /// What to measure: with the shim where `how` needs it.
  Program program;
  /// Of kNot: why, as the rest of a sentence that begins with the program.
  std::string why_not = {};
};

/// libopstat_preload.so, beside this executable in ../lib or where it was
/// installed; "" where it is not.
std::filesystem::path FindShim();
/// A name of it that LD_PRELOAD can hold, for as long as this process lives.
std::string LoadableName(const std::filesystem::path& shim);

/// Finds out by one process that lists the benchmarks, with the shim. A
/// program that counts by itself is
/// left alone, one that does not run with the shim is measured without.
Counting FindOutCounting(const Program& program);

/// Allocations per iteration of a benchmark that only its whole process can be
/// asked for: the difference of two processes with fixed iteration counts n
/// and 2n, divided by n. It includes paused regions and what Google Benchmark
/// does per iteration (nothing).
struct DifferencePerOp {
  double allocs = 0, bytes = 0, frees = 0;
};

/// `iterations` is what a timed process did of it; n is a power of ten so that
/// both processes together do less. Throws Error(kCannotMeasure): Google
/// Benchmark fixes the count from 1.8 on, and not where the source does.
DifferencePerOp CountByDifference(const Program& with_shim,
                                  const std::string& benchmark,
                                  double iterations,
                                  const SampleOptions& options);

}  // namespace opstat::measure
