#pragma once

#include <span>

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// The A/A comparison that every run holds: each side's samples of the rows
/// that decide by a noisy test (those with alpha_row), split into the balanced
/// halves 0 3 4 7 8 ... and 1 2 5 6 9 ..., which a drift shifts alike, and
/// compared by a two-sided exact test. `fired` counts p <= 5%; `limit` is the
/// 99.9% binomial quantile at the tests' exact size (their mean where sizes
/// differ, which errs on the silent side: Hoeffding 1956). A baseline that
/// several contenders share is tested once. Pure.
SelfCheck CheckHalves(std::span<const Row> rows);

}  // namespace opstat::compare
