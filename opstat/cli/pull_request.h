#pragma once

#include <string>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// The text for a pull request, in GitHub-flavoured Markdown: how many rows
/// have each verdict, the rows that changed, all others folded, and how it was
/// measured, folded. `id` is what `opstat show` takes; "": it was not stored.
std::string PullRequestText(const compare::Comparison& comparison,
                            const std::string& id);

}  // namespace opstat::cli
