#pragma once

#include <string>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// benchstat's CSV, a table a unit with a blank line between, numbers in base
/// units at full precision; after "vs base" and "P" each contender also has
/// the ends of the change's interval (95%, as ratios), its verdict and notes,
/// which benchstat writes to stderr. Names cannot steer a terminal.
std::string RenderCsv(const compare::Comparison& comparison, bool all_units);

}  // namespace opstat::cli
