#pragma once

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// The exit code of a gate over these rows, without the precedence of errors
/// that happen elsewhere:
///   4  no row was judged (a row that is missing, new or not comparable is not)
///   1  an exact regression; a noisy one while the self-check is silent; a
///      missing benchmark, when the policy says so
///   3  the self-check fired or a row cannot tell, unless the policy passes it
///   0  else
int OutcomeOf(const Comparison& comparison);

}  // namespace opstat::compare
