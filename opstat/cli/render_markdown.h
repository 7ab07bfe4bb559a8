#pragma once

#include <string>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// The tables of RenderText in GitHub-flavoured Markdown, for a comment or a
/// job summary, with what else is printed to stderr: the comparison's warnings.
/// Nothing that a file's text says becomes markup.
std::string RenderMarkdown(const compare::Comparison& comparison,
                           bool all_units);

}  // namespace opstat::cli
