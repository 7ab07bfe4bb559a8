#pragma once

#include <string>
#include <string_view>

namespace opstat::cli {

/// `text` as code in a cell of a GitHub-flavoured table: no markup, HTML,
/// line, cell, link, mention or issue reference comes of it. "" stays "".
std::string MarkdownCode(std::string_view text);

/// The same as running text. What would mention somebody or an issue gets a
/// zero-width space after its @ or #.
std::string MarkdownText(std::string_view text);

}  // namespace opstat::cli
