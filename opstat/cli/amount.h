#pragma once

#include <optional>
#include <string_view>

namespace opstat::cli {

/// An amount as a policy writes it: "+2%", "64", "4KiB", "1.5ms".
struct Amount {
  double value = 0;  ///< base units: bytes, seconds, counts; 0.02 for 2%
  bool share = false;
};

/// Not negative; a `+` before it and blanks within it are taken. Suffixes: %,
/// ns, us, ms, s, B, kB, MB, GB, KiB, MiB, GiB. nullopt for anything else.
std::optional<Amount> ParseAmount(std::string_view text);

}  // namespace opstat::cli
