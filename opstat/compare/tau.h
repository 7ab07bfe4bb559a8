#pragma once

#include <span>

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// A row whose identical builds differ by more than this is too noisy to judge.
inline constexpr double kTauCap = 0.05;

/// max(1%, Q3 + 3 IQR) of the sizes of `effects`: relative differences seen
/// between identical builds of one benchmark on one host, of either sign. The
/// default 1% when there are fewer than ten. Not capped: above kTauCap the
/// decision says "too noisy". Quartiles as numpy.percentile. Pure.
Tau TauFromHistory(std::span<const double> effects);

}  // namespace opstat::compare
