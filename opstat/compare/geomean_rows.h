#pragma once

#include <span>
#include <vector>

#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// benchstat's geomean row for each table, unit and contender: the geometric
/// means of all centers of a side, and that of the ratios of the rows that have
/// both sides. Absent, with benchstat's warning, where a center or a ratio is
/// not positive; 0 -> k leaves out the ratio ("?") without a warning. REQUIRES:
/// rows by table, unit, contender. `alone`: there is no contender, so that no
/// set differs. Pure.
std::vector<Geomean> GeomeanRows(std::span<const Row> rows, bool alone);

}  // namespace opstat::compare
