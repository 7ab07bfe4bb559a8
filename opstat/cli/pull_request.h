#pragma once

#include <cstddef>
#include <string>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// GitHub refuses a comment of more characters; bytes are at least as many.
inline constexpr std::size_t kMostOfAComment = 65'536;

/// The text for a pull request, in GitHub-flavoured Markdown: how many rows
/// have each verdict, the rows that changed, all others folded, and how it was
/// measured, folded. `id` is what `opstat show` takes; "": it was not stored.
/// No longer than `limit` bytes (at least 20,000): rows that do not fit are
/// counted, those that changed come first.
std::string PullRequestText(const compare::Comparison& comparison,
                            const std::string& id,
                            std::size_t limit = kMostOfAComment);

}  // namespace opstat::cli
