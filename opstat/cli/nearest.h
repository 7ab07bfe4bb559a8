#pragma once

#include <span>
#include <string_view>

namespace opstat::cli {

/// The candidate with the smallest Levenshtein distance to `word`, for "did you
/// mean"; empty when none is within a third of the word's length (at least 1).
std::string_view Nearest(std::string_view word,
                         std::span<const std::string_view> candidates);

}  // namespace opstat::cli
