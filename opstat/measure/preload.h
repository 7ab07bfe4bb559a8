#pragma once

#include <string>

#include "opstat/measure/program.h"

namespace opstat::measure {

/// Whether and how allocations of a program can be counted.
struct Counting {
  /// The program to measure: with libopstat_preload.so in its environment
  /// where that is what counts.
  Program program;
  /// Why B/op and allocs/op will be unmeasured, as the rest of a sentence that
  /// begins with the program; "" when they are counted.
  std::string unmeasured;
};

/// Finds out by one process that lists the benchmarks. A program linked with
/// opstat::harness counts by itself and is left alone; one that brings a
/// shared libbenchmark gets the shim, which lies beside this executable in
/// ../lib. A program that does not run with the shim is measured without.
Counting WithCounting(const Program& program);

}  // namespace opstat::measure
