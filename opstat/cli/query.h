#pragma once

#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/cli/arguments.h"
#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// How a comparison's rows are formed and judged: the options of `opstat stat`
/// that its result depends on. Stored beside a comparison, it makes the same
/// comparison again from the samples.
class Query {
 public:
  /// Throws Error(kUsage) for a value out of range.
  explicit Query(const Arguments& stat_arguments);
  /// From what Text() gave.
  static Query Parse(const std::string& text);

  /// The options as words, one a line.
  std::string Text() const;

  /// Compares `runs`: the values of --col within the one run there is, or the
  /// first run with each other. One run without --col gives one column.
  /// Throws Error(kUsage) for a bad --filter or --col.
  compare::Comparison Compare(std::vector<benchfmt::Run> runs) const;

 private:
  std::string col_, filter_;
  compare::Policy policy_;
};

}  // namespace opstat::cli
