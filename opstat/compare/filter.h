#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "opstat/benchfmt/run.h"

namespace opstat::compare {

/// A predicate on measurements. Values are cheap to copy and immutable.
class Filter {
 public:
  /// Matches everything.
  Filter();
  /// benchstat's filter expressions, with the keys of key.h:
  ///     key:value  key:/regexp/  key:(a OR /b/)  *  x y  x AND y  x OR y
  ///     -x  (x)
  /// An expression is searched for, in ECMAScript's syntax. `.unit:` takes a
  /// unit as the file has it or tidied ("ns/op", "sec/op"). Throws
  /// Error(kUsage) that names `option` and the place in `text`.
  static Filter Parse(std::string_view text, std::string_view option);
  /// Full names in which `regexp` is found. Throws Error(kUsage).
  static Filter ByName(const std::string& regexp, std::string_view option);

  /// What both match.
  Filter And(const Filter& other) const;

  /// False when all units of a benchmark have the same answer.
  bool LooksAtUnits() const;
  /// REQUIRES: `unit` is one of the benchmark's, tidied, if LooksAtUnits().
  bool Matches(const benchfmt::Run& run, const benchfmt::Benchmark& benchmark,
               std::string_view unit) const;

  struct Node;  ///< of the expression's tree

 private:
  explicit Filter(std::shared_ptr<const Node> root);

  std::shared_ptr<const Node> root_;
};

}  // namespace opstat::compare
