#pragma once

#include <span>

#include "opstat/compare/comparison.h"
#include "opstat/compare/decision.h"

namespace opstat::compare {

/// Sets alpha_row of the m rows that a comparison decides by a noisy test: the
/// level that the policy's correction leaves each of the two families of m
/// one-sided tests, worsenings and improvements; of a row the family towards
/// which its smaller p points. Holm and Benjamini-Hochberg look at all p-values
/// and reject exactly those up to one level. Pure.
void ShareAlpha(const Policy& policy, std::span<NoisyNumbers> rows);

}  // namespace opstat::compare
