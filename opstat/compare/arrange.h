#pragma once

#include <span>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/filter.h"
#include "opstat/compare/layout.h"
#include "opstat/compare/projection.h"

namespace opstat::compare {

/// Which keys make rows, columns and tables, as benchstat's flags of the same
/// names, and what is left out.
struct Arrangement {
  Projection row = {{.key = {Key::Kind::kFullName, ".fullname"}, .fixed = {}}};
  Projection col = {{.key = {Key::Kind::kFile, ".file"}, .fixed = {}}};
  Projection table;
  Projection ignore;  ///< facts: not compared; parts: not told apart
  Filter filter;
};

/// The layout of `runs`. As in benchstat .fullname lacks the parts that are
/// keys of their own, .config the facts that are, and samples that fall into
/// one cell are one sample, with the warning "benchmarks vary in .fullname"
/// (or .file) where no key told them apart. Elsewhere than benchstat's:
///   the table's default is one table, and facts that differ are warned of;
///   a benchmark whose name lacks a part of `col` is left out, with a warning.
/// A key to ignore that nothing has is warned of.
/// Throws Error(kUsage) as RequireKeys does for row, col and table, and
/// Error(kCannotMeasure) when the filter leaves nothing. Pure.
Layout Arrange(std::span<const benchfmt::Run> runs,
               const Arrangement& arrangement);

}  // namespace opstat::compare
