#pragma once

#include <span>
#include <string_view>

namespace opstat::cli {

/// For "did you mean": the first candidate that begins with `word`, of two
/// letters at least; else the one with the smallest Levenshtein distance, if
/// that is within a third of the word's length (at least 1); else empty.
std::string_view Nearest(std::string_view word,
                         std::span<const std::string_view> candidates);

}  // namespace opstat::cli
