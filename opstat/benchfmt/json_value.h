#pragma once

#include <rapidjson/fwd.h>

#include <string>

namespace opstat::benchfmt {

/// Questions to a JSON value that answer for a value of any type: RapidJSON's
/// own accessors assert on the wrong one.

/// The member of that name, or nullptr when there is none or `value` is no
/// object.
const rapidjson::Value* Member(const rapidjson::Value& value, const char* name);
/// A string as valid UTF-8; "" for all else.
std::string Text(const rapidjson::Value& value);
/// Text of the member of that name, or "".
std::string MemberText(const rapidjson::Value& value, const char* name);
/// A number; NaN for all else.
double Number(const rapidjson::Value& value);
/// The member of that name as an integer; -1 when it is none.
int MemberIndex(const rapidjson::Value& value, const char* name);

}  // namespace opstat::benchfmt
