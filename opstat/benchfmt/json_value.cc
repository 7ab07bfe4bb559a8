#include "opstat/benchfmt/json_value.h"

#include <rapidjson/document.h>

#include <string_view>

#include "opstat/benchfmt/run.h"
#include "opstat/benchfmt/utf8.h"

namespace opstat::benchfmt {

const rapidjson::Value* Member(const rapidjson::Value& value,
                               const char* name) {
  if (!value.IsObject()) return nullptr;
  const auto found = value.FindMember(name);
  return found == value.MemberEnd() ? nullptr : &found->value;
}

std::string Text(const rapidjson::Value& value) {
  if (!value.IsString()) return {};
  return ToValidUtf8({value.GetString(), value.GetStringLength()});
}

std::string MemberText(const rapidjson::Value& value, const char* name) {
  const rapidjson::Value* member = Member(value, name);
  return member == nullptr ? std::string() : Text(*member);
}

double Number(const rapidjson::Value& value) {
  return value.IsNumber() ? value.GetDouble() : kUnmeasured;
}

int MemberIndex(const rapidjson::Value& value, const char* name) {
  const rapidjson::Value* member = Member(value, name);
  return member != nullptr && member->IsInt() ? member->GetInt() : -1;
}

}  // namespace opstat::benchfmt
