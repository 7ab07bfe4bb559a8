#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace opstat::cli {

/// "1 run", "2 runs": of a noun that takes an s.
inline std::string CountOf(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

}  // namespace opstat::cli
