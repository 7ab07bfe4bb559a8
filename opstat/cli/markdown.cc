#include "opstat/cli/markdown.h"

#include <fmt/format.h>

#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

constexpr std::string_view kZeroWidthSpace = "\u200b";

bool IsPunctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
         (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool IsOneOf(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

}  // namespace

std::string MarkdownCode(std::string_view text) {
  const std::string safe = OneLine(text);
  if (safe.empty()) return "";
  // A code span cannot hold a backtick of its fence's length, nor, in a table,
  // a pipe after a backslash.
  if (safe.find_first_of("`|\\") == std::string::npos) return "`" + safe + "`";
  std::string code = "<code>";
  for (const char c : safe) {
    if (IsPunctuation(c))
      code += fmt::format("&#{};", int(c));
    else
      code += c;
  }
  return code + "</code>";
}

std::string MarkdownText(std::string_view text) {
  std::string markdown;
  for (const char c : OneLine(text)) {
    if (IsOneOf(c, "\\`*_[]|<&~$@#")) markdown += '\\';
    markdown += c;
    if (IsOneOf(c, "@#")) markdown += kZeroWidthSpace;
  }
  return markdown;
}

}  // namespace opstat::cli
