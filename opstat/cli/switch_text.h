#pragma once

#include <optional>
#include <string_view>

namespace opstat::cli {

/// What sets a switch in opstat.toml or the environment.
inline constexpr const char* kSwitchWants = "true or false";

/// "true", "yes", "on" and "1" are on; "false", "no", "off", "0" and "" are
/// not. nullopt for anything else.
std::optional<bool> ParseSwitch(std::string_view text);

}  // namespace opstat::cli
