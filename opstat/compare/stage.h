#pragma once

#include "opstat/compare/comparison.h"
#include "opstat/compare/draft.h"

namespace opstat::compare {

/// Sets draft.stage and what is the screen's, and leaves the row the samples
/// that this stage decides on: of screen-confirm the screen's alone, unless
/// both sides have fresh ones as well (those of one side alone were not
/// interleaved with the other's).
void ChooseStage(Row& row, Draft& draft, const Policy& policy);

/// Row::screen_p. REQUIRES: samples on both sides.
double ScreenP(const Row& row, const Draft& draft);

}  // namespace opstat::compare
