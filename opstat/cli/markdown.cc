#include "opstat/cli/markdown.h"

#include <fmt/format.h>

#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

bool IsPlain(unsigned char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool digit = c >= '0' && c <= '9';
  // No dot and, below, no "://": addresses would become links.
  return letter || digit || c >= 0x80 ||
         std::string_view(" ,;=/%()-+").find(static_cast<char>(c)) !=
             std::string_view::npos;
}

}  // namespace

std::string EscapeMarkdown(std::string_view text) {
  const std::string safe = EscapeForTerminal(text);
  std::string escaped;
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const char c = safe[i];
    const bool colon = c == ':' && safe.compare(i, 3, "://") != 0;
    if (colon || IsPlain(static_cast<unsigned char>(c)))
      escaped += c;
    else
      escaped += fmt::format("&#{};", static_cast<int>(c));
  }
  return escaped;
}

std::string MarkdownCode(std::string_view text) {
  return "<code>" + EscapeMarkdown(text) + "</code>";
}

}  // namespace opstat::cli
