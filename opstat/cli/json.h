#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace opstat::cli {

/// A JSON document written front to back. Numbers that JSON cannot hold (NaN,
/// infinities) and absent optionals are null. Heavy: for .cc files only.
class Json {
 public:
  template <class Body>
  Json& Object(Body body) {
    writer_.StartObject();
    body();
    writer_.EndObject();
    return *this;
  }
  template <class Body>
  Json& Array(Body body) {
    writer_.StartArray();
    body();
    writer_.EndArray();
    return *this;
  }
  Json& Key(std::string_view key) {
    writer_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    return *this;
  }

  void Value(std::string_view text) {
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void Value(const char* text) { Value(std::string_view(text)); }
  void Value(const std::string& text) { Value(std::string_view(text)); }
  void Value(bool truth) { writer_.Bool(truth); }
  void Value(int number) { writer_.Int(number); }
  void Value(std::int64_t number) { writer_.Int64(number); }
  void Value(double number) {
    if (std::isfinite(number))
      writer_.Double(number);
    else
      Null();
  }
  template <class T>
  void Value(const std::optional<T>& value) {
    if (value)
      Value(*value);
    else
      Null();
  }
  void Value(const std::map<std::string, std::string>& facts) {
    Object([&] {
      for (const auto& [name, fact] : facts) Field(name, fact);
    });
  }
  template <class T>
  void Values(std::string_view key, const T& values) {
    Key(key).Array([&] {
      for (const auto& value : values) Value(value);
    });
  }
  template <class T>
  void Field(std::string_view key, const T& value) {
    Key(key);
    Value(value);
  }
  /// A finished document as a value of this one.
  void Raw(const std::string& document) {
    writer_.RawValue(document.data(), document.size(), rapidjson::kObjectType);
  }
  void Null() { writer_.Null(); }

  std::string Text() const { return buffer_.GetString(); }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace opstat::cli
