#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/cli/arguments.h"
#include "opstat/compare/arrange.h"
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

  /// The options as words, one a line, then the labels of `runs`.
  std::string Text(std::span<const benchfmt::Run> runs) const;

  /// Gives runs the labels that Parse read: a stored run has that of its first
  /// file.
  void Relabel(std::span<benchfmt::Run> runs) const;

  /// Compares `runs` as arranged. One run without --col gives one column.
  /// Throws Error as compare::Arrange does, and for bad syntax or a --col of
  /// one value alone.
  compare::Comparison Compare(std::span<const benchfmt::Run> runs) const;
  /// The same, and takes the benchmarks out of `runs` once their samples are
  /// the comparison's: the two hold half of all memory each.
  compare::Comparison CompareAndRelease(std::span<benchfmt::Run> runs) const;

 private:
  compare::Layout Arrange(std::span<const benchfmt::Run> runs) const;
  /// "" where not given.
  std::string Option(const char* name) const;
  compare::Projection Keys(const char* option) const;
  compare::Filter Filter() const;
  /// A warning for each unit of --judge that no run has.
  std::vector<std::string> Unjudged(std::span<const benchfmt::Run> runs) const;

  /// --row, --col, --table, --ignore, --where, --filter, --judge: no empty one.
  std::map<std::string, std::string, std::less<>> texts_;
  std::vector<std::string> labels_;
  compare::Policy policy_;
};

}  // namespace opstat::cli
