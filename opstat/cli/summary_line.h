#pragma once

#include <string>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// The line under the tables: how many rows have each verdict (of the rows
/// shown), the largest slowdown that the times leave possible, and the chance
/// of a false alarm.
std::string SummaryLine(const compare::Comparison& comparison, bool all_units);

/// What an exit code of Comparison::outcome means; "" for 0.
const char* OutcomeText(int outcome);

}  // namespace opstat::cli
