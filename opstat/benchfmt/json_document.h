#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

namespace opstat::benchfmt {

/// A value of a parsed JSON text; refers into the JsonParser that made it.
/// (simdjson is heavy to compile: include this in .cc files only.)
using JsonValue = simdjson::dom::element;

/// Parses one JSON text after the other, each until the next.
class JsonParser {
 public:
  /// Strict JSON in UTF-8; nothing when `text` is anything else.
  std::optional<JsonValue> ParseStrict(std::string_view text);
  /// The same without a copy of `text`, which must stay as it is; may give it
  /// more capacity.
  std::optional<JsonValue> ParseStrictInPlace(std::string& text);

  /// JSON as benchmark programs really write it: what RepairJson mends, too.
  /// Throws Error(kBadData) with the place ("origin:3:17: ...") and `hint`.
  JsonValue Parse(std::string_view text, std::string_view origin,
                  const std::string& hint);

 private:
  std::optional<JsonValue> ParseStrict(std::string_view text, bool copy);

  simdjson::dom::parser parser_;
};

/// Questions that answer for a value of any type.

/// The first member of that name; nothing where `value` is no object.
std::optional<JsonValue> Member(JsonValue value, std::string_view name);
/// A string, valid UTF-8; "" for all else.
std::string_view Text(JsonValue value);
/// Text of the member of that name, or "".
std::string_view MemberText(JsonValue value, std::string_view name);
bool IsNumber(JsonValue value);
/// A number; NaN for all else.
double Number(JsonValue value);
/// An integer that fits an int; -1 for all else.
int Index(JsonValue value);

}  // namespace opstat::benchfmt
