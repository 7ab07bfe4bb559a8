#pragma once

#include "opstat/compare/comparison.h"
#include "tests/error_rates/noise.h"

namespace opstat::error_rates {

inline constexpr int kBenchmarks = 50;

/// What is measured of a suite of kBenchmarks benchmarks.
struct Experiment {
  NoiseModel noise;
  int rounds = 10;   ///< of the screen; twice as many confirm
  double shift = 1;  ///< the contender's true ratio, in every benchmark
  /// A cost of 4k and 4k + 3, the outer places of four samples of a side: what
  /// the self-check's halves lay bare.
  double outer_places = 1;
};

struct SuiteResult {
  compare::Comparison screen;
  compare::Comparison result;  ///< after the fresh rounds
};

/// Measures such a suite, blocks A B B A, screens it, gives what screens fresh
/// rounds, and compares again: what `opstat compare` does, by its own decision.
SuiteResult RunSuite(const Experiment& experiment, Random& random);

}  // namespace opstat::error_rates
