#pragma once

#include <string>
#include <vector>

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// A worsening that is put into samples on purpose, to see the gate find it.
enum class Injection {
  kAlloc,       ///< one allocation per op more than the policy allows
  kFirstAlloc,  ///< from none to one
  kBytes,       ///< 64 bytes per op more than the policy allows
  kLostSide,    ///< the benchmark is gone
  kSlowdown,    ///< max(10%, twice the bound, twice what the policy allows)
};
inline constexpr Injection kInjections[] = {
    Injection::kAlloc, Injection::kFirstAlloc, Injection::kBytes,
    Injection::kLostSide, Injection::kSlowdown};

/// The rows of `clean`, a run compared with itself, that a policy gates and
/// this injection makes worse. The places of rows in `clean.rows`.
std::vector<std::size_t> Targets(Injection injection, const Comparison& clean);

/// Baseline and contender: `run` and a copy of it that is worse in all targets.
std::vector<benchfmt::Run> Inject(Injection injection, const benchfmt::Run& run,
                                  const Comparison& clean);

/// The factor of kSlowdown on a row.
double SlowdownOf(const Row& row);

const char* Name(Injection injection);  ///< "+1 alloc/op"

}  // namespace opstat::compare
