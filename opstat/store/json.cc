#include "opstat/store/json.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace opstat::store {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using rapidjson::SizeType;
using rapidjson::Value;

void Write(Writer& writer, int number) { writer.Int(number); }

void Write(Writer& writer, const std::string& text) {
  writer.String(text.data(), static_cast<SizeType>(text.size()));
}

void Write(Writer& writer, const Facts& facts) {
  writer.StartObject();
  for (const auto& [name, value] : facts) {
    writer.Key(name.data(), static_cast<SizeType>(name.size()));
    Write(writer, value);
  }
  writer.EndObject();
}

template <typename Element>
void Write(Writer& writer, const std::vector<Element>& elements) {
  writer.StartArray();
  for (const Element& element : elements) Write(writer, element);
  writer.EndArray();
}

template <typename T>
std::string Written(const T& value) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  Write(writer, value);
  return {buffer.GetString(), buffer.GetSize()};
}

bool Read(const Value& json, int& number) {
  if (!json.IsInt()) return false;
  number = json.GetInt();
  return true;
}

bool Read(const Value& json, std::string& text) {
  if (!json.IsString()) return false;
  text.assign(json.GetString(), json.GetStringLength());
  return true;
}

bool Read(const Value& json, Facts& facts) {
  if (!json.IsObject()) return false;
  for (const auto& member : json.GetObject()) {
    std::string name;
    if (!Read(member.name, name)) return false;
    if (!Read(member.value, facts[name])) return false;
  }
  return true;
}

template <typename Element>
bool Read(const Value& json, std::vector<Element>& elements) {
  if (!json.IsArray()) return false;
  for (const Value& element : json.GetArray()) {
    if (!Read(element, elements.emplace_back())) return false;
  }
  return true;
}

// Iterative: a damaged file cannot overflow the stack by deep nesting.
template <typename T>
std::optional<T> Parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  T value;
  if (document.HasParseError() || !Read(document, value)) return std::nullopt;
  return value;
}

}  // namespace

std::string ToJson(const Facts& facts) { return Written(facts); }
std::string ToJson(const Texts& texts) { return Written(texts); }
std::string ToJson(const Schedule& schedule) { return Written(schedule); }

std::optional<Facts> FactsFromJson(const std::string& json) {
  return Parsed<Facts>(json);
}
std::optional<Texts> TextsFromJson(const std::string& json) {
  return Parsed<Texts>(json);
}
std::optional<Schedule> ScheduleFromJson(const std::string& json) {
  return Parsed<Schedule>(json);
}

}  // namespace opstat::store
