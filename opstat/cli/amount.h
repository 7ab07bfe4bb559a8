#pragma once

#include <optional>
#include <string_view>

namespace opstat::cli {

/// What its suffix says that it is an amount of; kPlain for none and for %.
enum class Dimension { kPlain, kBytes, kSeconds };

/// An amount as a policy writes it: "+2%", "64", "4KiB", "1.5ms".
struct Amount {
  double value = 0;  ///< base units: bytes, seconds, counts; 0.02 for 2%
  bool share = false;
  Dimension dimension = Dimension::kPlain;
};

/// Not negative; a `+` before it and blanks within it are taken. Suffixes: %,
/// ns, us, ms, s, B, kB, MB, GB, KiB, MiB, GiB. nullopt for anything else.
std::optional<Amount> ParseAmount(std::string_view text);

}  // namespace opstat::cli
