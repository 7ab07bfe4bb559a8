#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "opstat/benchfmt/run.h"

namespace opstat::compare {

/// What a word of a projection or filter reads from a benchmark:
///     .name      "Conv2D" of "Conv2D/algo:im2col-8"
///     .fullname  the whole name
///     .file      the label of its run
///     .unit      of a measurement (filters only)
///     .config    all facts of its run (projections only)
///     /key       the name's part `key:value` or `key=value`; /gomaxprocs is
///                "8" here
///     key        the run's fact of that name ("host.cpu", "goos"; "cpu" is
///                host.cpu) where it has one, else /key
struct Key {
  enum class Kind { kName, kFullName, kFile, kUnit, kConfig, kPart, kFact };
  Kind kind = Kind::kFact;
  std::string name;  ///< of a part, without its slash, or fact; else the word

  bool operator==(const Key&) const = default;
};

/// nullopt for the empty word and for a dot with a name not listed above.
std::optional<Key> ParseKey(std::string_view word);

/// The value of any key but .unit and .config, "" when there is none; a view
/// into the run or the benchmark.
std::string_view ValueOf(const Key& key, const benchfmt::Run& run,
                         const benchfmt::Benchmark& benchmark);

}  // namespace opstat::compare
