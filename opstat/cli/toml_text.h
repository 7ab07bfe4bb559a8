#pragma once

// toml++ is heavy: for .cc files that read TOML.
#include <toml++/toml.h>

#include <string>
#include <string_view>

namespace opstat::cli {

/// "opstat.toml:3:10": file, line and column.
std::string Where(std::string_view file, const toml::source_region& at);

/// Throws Error(kUsage) "where: message".
[[noreturn]] void Refuse(const std::string& where, std::string_view message,
                         const std::string& hint = {});

/// Throws Error(kUsage) with the place for what is no TOML.
toml::table ParseToml(std::string_view text, std::string_view file);

/// A text, number or truth as text. Throws Error(kUsage) for anything else.
std::string ScalarText(const toml::node& node, const std::string& where);

}  // namespace opstat::cli
