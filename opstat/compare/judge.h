#pragma once

#include "opstat/compare/comparability.h"
#include "opstat/compare/draft.h"

namespace opstat::compare {

/// Sets draft.judge. A row that no test judges has its verdict after this, and
/// the reason: one that lacks a side, whose sides ran the same code, whose
/// samples cannot be compared, whose counts are constant or far apart. A shown
/// unit has none. Pure.
void ChooseJudge(Row& row, Draft& draft, bool same_code,
                 const Comparability& comparable, const Policy& policy);

}  // namespace opstat::compare
