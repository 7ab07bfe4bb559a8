#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "opstat/benchfmt/json_document.h"

namespace opstat::benchfmt {

/// A strict Google Benchmark file, parsed a few hundred rows at a time: the
/// parsed form of a whole file is four times its size, and touching that much
/// memory takes longer than parsing.
///
/// Where to cut is guessed (a row ends in "}" before ",") and proved by the
/// parser: a piece that is cut wrongly, within a string or a nested value, is
/// no complete array of values. Whatever is unusual gives nothing, and the file
/// is to be parsed whole.
class GoogleBenchmarkPieces {
 public:
  explicit GoogleBenchmarkPieces(std::string_view json);

  /// The `context` member, until the first Next().
  std::optional<JsonValue> Context();
  bool AtEnd() const { return rows_.empty(); }
  /// The next rows, until the next call. REQUIRES: Context() gave something.
  std::optional<simdjson::dom::array> Next();

 private:
  std::string_view before_, rows_, after_;  ///< [ and ] belong to none
  std::string piece_;
  JsonParser parser_;
};

}  // namespace opstat::benchfmt
