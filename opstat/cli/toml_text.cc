#include "opstat/cli/toml_text.h"

#include <fmt/format.h>

#include "opstat/benchfmt/error.h"

namespace opstat::cli {

std::string Where(std::string_view file, const toml::source_region& at) {
  return fmt::format("{}:{}:{}", file, at.begin.line, at.begin.column);
}

void Refuse(const std::string& where, std::string_view message,
            const std::string& hint) {
  throw Error(Failure::kUsage, fmt::format("{}: {}", where, message), hint);
}

toml::table ParseToml(std::string_view text, std::string_view file) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    Refuse(Where(file, error.source()), error.description());
  }
}

std::string ScalarText(const toml::node& node, const std::string& where) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* whole = node.as_integer())
    return std::to_string(whole->get());
  if (const auto* real = node.as_floating_point())
    return fmt::format("{}", real->get());
  if (const auto* flag = node.as_boolean())
    return flag->get() ? "true" : "false";
  Refuse(where, "takes a text, a number, true or false, or an array of them");
}

}  // namespace opstat::cli
