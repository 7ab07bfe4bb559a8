#pragma once

#include "opstat/cli/arguments.h"
#include "opstat/compare/comparison.h"

namespace opstat::cli {

enum class RowOrder { kProgram, kName, kChange };

/// --sort program, name or change.
RowOrder RowOrderOf(const Arguments& arguments);

/// Orders the rows of each table: as the program lists its benchmarks, by name,
/// or the largest worsening first (rows without a ratio last).
void SortRows(compare::Comparison& comparison, RowOrder order);

}  // namespace opstat::cli
