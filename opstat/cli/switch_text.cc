#include "opstat/cli/switch_text.h"

#include <algorithm>
#include <initializer_list>

namespace opstat::cli {

std::optional<bool> ParseSwitch(std::string_view text) {
  const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
  };
  if (is_one_of({"true", "yes", "on", "1"})) return true;
  if (is_one_of({"false", "no", "off", "0", ""})) return false;
  return std::nullopt;
}

}  // namespace opstat::cli
