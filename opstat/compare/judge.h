#pragma once

#include "opstat/compare/comparability.h"
#include "opstat/compare/draft.h"

namespace opstat::compare {

/// Sets draft.judge. A row that nobody judges has its verdict after this, and
/// the reason: one that lacks a side, whose sides ran the same code, whose
/// samples cannot be compared. A shown unit has none. Pure.
void ChooseJudge(Draft& draft, bool same_code, const Comparability& comparable,
                 const Policy& policy);

}  // namespace opstat::compare
