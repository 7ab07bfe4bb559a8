#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opstat/cli/scale.h"
#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// The rows that are printed as one table: of one table key and one unit.
struct UnitTable {
  /// "shape: GEMM", what has changed since the table before.
  std::vector<std::string> titles;
  std::string_view unit;
  /// A benchmark a line: its row against each contender that has one.
  std::vector<std::vector<const compare::Row*>> lines;
  std::vector<const compare::Geomean*> geomeans;

  bool HasInterval() const;
  /// "vs base [95% interval]", and which way is better where it is up.
  std::string ChangeHeading() const;
};

/// In the comparison's order, which they point into; the rows of ShownRows, or
/// of those the ones that changed.
std::vector<UnitTable> UnitTables(const compare::Comparison& comparison,
                                  bool all_units, bool only_changed = false);

/// The scale that a line's centers share.
Scale ScaleOf(const std::vector<const compare::Row*>& line);

/// The headings over the columns, a level a key of --col: neighbours of one
/// value under one heading share it.
struct Heading {
  std::size_t first_column, columns;
  std::string text;
};
std::vector<std::vector<Heading>> Headings(
    const compare::Comparison& comparison);

}  // namespace opstat::cli
