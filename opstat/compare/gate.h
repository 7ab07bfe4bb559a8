#pragma once

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// Sets each row's `gate`, by its verdict, its limits and whether somebody
/// accepted it, and the outcome of all: what a gate exits with, without the
/// precedence of errors that happen elsewhere.
///   4  no row that is gated was judged (one that is missing, new or not
///      comparable is not; a value held against its budget is), unless the
///      baseline has no benchmark at all and the policy passes that
///   1  a gated row fails: an exact regression beyond its threshold; a noisy
///      one while the self-check is silent; a missing benchmark, unless the
///      policy passes it; a value beyond its budget
///   3  a gated row cannot tell, or all noisy ones as the self-check fired,
///      unless the policy passes it
///   0  else
/// Compare() has called it; whoever sets Row::accepted calls it again. Pure.
void ApplyGate(Comparison& comparison);

/// Whether the contender has more than its budget, for rates less: the whole
/// interval of a noisy value, any sample of an exact one.
bool IsOverBudget(const Row& row);

/// How much worse a row got; of a test's rows by Hodges-Lehmann, else by the
/// centers. Negative: it got better. Absent: not defined, as from 0 to k.
struct Worsening {
  std::optional<double> relative, absolute;
};
Worsening WorseningOf(const Row& row);

/// Whether that much is within what `allowance` permits, rounding aside.
bool IsWithin(const Worsening& worsening, const Allowance& allowance);

}  // namespace opstat::compare
