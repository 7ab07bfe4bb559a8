#pragma once

#include <cstdint>

#include "tests/error_rates/suite.h"

namespace opstat::error_rates {

/// So many of so many.
struct Count {
  int hits = 0, trials = 0;

  double Rate() const { return trials == 0 ? 0 : double(hits) / trials; }
  void Add(bool hit) {
    hits += hit;
    ++trials;
  }
  void Add(const Count& other) {
    hits += other.hits;
    trials += other.trials;
  }
};

/// What many suites of one experiment gave.
struct Rates {
  Count regression, improvement;  ///< suites with a row of that verdict
  Count slower_rows;              ///< rows called a regression
  Count rerun_rows;               ///< rows that got fresh rounds
  Count wide_at_screen, wide;     ///< rows whose bound is above must_see
  Count cannot_tell;              ///< suites with outcome 3
  Count self_check;               ///< suites whose self-check fired

  void Add(const SuiteResult& suite);
  void Add(const Rates& other);
};

/// Runs `suites` of the experiment on `threads` threads. The result depends on
/// the seed and the experiment, and not on the threads.
Rates Measure(const Experiment& experiment, int suites, std::uint64_t seed,
              int threads);

}  // namespace opstat::error_rates
