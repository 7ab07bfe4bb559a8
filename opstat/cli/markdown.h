#pragma once

#include <string>
#include <string_view>

namespace opstat::cli {

/// `text` as itself in Markdown, also within a table and in a comment on
/// GitHub: what could be markup, a link or a table's border becomes a character
/// reference, what could steer a terminal or reorder text its escaped form.
std::string EscapeMarkdown(std::string_view text);

/// A name: escaped, and in <code>, where mentions and issue numbers are not
/// looked for.
std::string MarkdownCode(std::string_view text);

}  // namespace opstat::cli
