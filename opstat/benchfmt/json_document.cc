#include "opstat/benchfmt/json_document.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <limits>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/json_repair.h"
#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {
namespace {

// simdjson gives no place in its errors; a second parser finds it.
[[noreturn]] void FailWithPlace(std::string_view text, std::string_view origin,
                                const std::string& hint) {
  rapidjson::Reader reader;
  rapidjson::BaseReaderHandler<> nothing;
  rapidjson::MemoryStream stream(text.data(), text.size());
  const rapidjson::ParseResult result =
      reader.Parse<rapidjson::kParseIterativeFlag>(stream, nothing);
  const std::string place = Place(text, result.Offset(), origin) + ": ";
  throw Error(
      Failure::kBadData,
      place + (result.IsError() ? rapidjson::GetParseError_En(result.Code())
                                : "not valid JSON"),
      hint);
}

}  // namespace

std::optional<JsonValue> JsonParser::ParseStrict(std::string_view text) {
  return ParseStrict(text, true);
}

std::optional<JsonValue> JsonParser::ParseStrictInPlace(std::string& text) {
  // simdjson reads, and does not mind, what lies behind the end.
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  return ParseStrict(text, false);
}

std::optional<JsonValue> JsonParser::ParseStrict(std::string_view text,
                                                 bool copy) {
  JsonValue root;
  if (text.size() > parser_.capacity() &&
      parser_.allocate(text.size(), kMaxJsonDepth) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  if (parser_.parse(text.data(), text.size(), copy).get(root) !=
      simdjson::SUCCESS) {
    return std::nullopt;
  }
  return root;
}

JsonValue JsonParser::Parse(std::string_view text, std::string_view origin,
                            const std::string& hint) {
  if (const auto root = ParseStrict(text)) return *root;
  const std::string repaired = RepairJson(text, origin);
  if (const auto root = ParseStrict(repaired)) return *root;
  FailWithPlace(repaired, origin, hint);
}

std::optional<JsonValue> Member(JsonValue value, std::string_view name) {
  JsonValue member;
  if (!value.is_object() || value.at_key(name).get(member)) return std::nullopt;
  return member;
}

std::string_view Text(JsonValue value) {
  std::string_view text;
  return value.get(text) ? std::string_view() : text;
}

std::string_view MemberText(JsonValue value, std::string_view name) {
  const auto member = Member(value, name);
  return member ? Text(*member) : std::string_view();
}

bool IsNumber(JsonValue value) { return value.is_number(); }

double Number(JsonValue value) {
  double number = kUnmeasured;
  return value.get(number) ? kUnmeasured : number;
}

int Index(JsonValue value) {
  std::int64_t number = -1;
  const bool fits = !value.get(number) &&
                    number >= std::numeric_limits<int>::min() &&
                    number <= std::numeric_limits<int>::max();
  return fits ? static_cast<int>(number) : -1;
}

}  // namespace opstat::benchfmt
