#include "opstat/cli/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "opstat/cli/by_line.h"

namespace opstat::cli {
namespace {

struct CodePoint {
  char32_t value;
  std::size_t bytes;  ///< 0: not valid UTF-8 here
};

bool IsContinuation(char c) {
  return (static_cast<std::uint8_t>(c) & 0xC0U) == 0x80U;
}

// RFC 3629, overlong forms and surrogates refused.
CodePoint Decode(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {0, 0};
  char32_t value = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!IsContinuation(text[i])) return {0, 0};
    value = value << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3FU);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[bytes] || surrogate || value > 0x10FFFF) return {0, 0};
  return {value, bytes};
}

bool IsUnsafe(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool bidirectional = c == 0x061C || c == 0x200E || c == 0x200F ||
                             (c >= 0x202A && c <= 0x202E) ||
                             (c >= 0x2066 && c <= 0x2069);
  return control || bidirectional || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

// What `text` begins with of printable ASCII, mostly all; takes it off.
std::string_view TakePrintable(std::string_view* text) {
  const auto end = std::ranges::find_if_not(
      *text, [](char c) { return c >= ' ' && c < 0x7F; });
  const auto size = static_cast<std::size_t>(end - text->begin());
  const std::string_view printable = text->substr(0, size);
  text->remove_prefix(size);
  return printable;
}

bool IsSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

std::string EscapeForTerminal(std::string_view text) {
  std::string safe(TakePrintable(&text));
  while (!text.empty()) {
    const auto [value, bytes] = Decode(text);
    if (text[0] == '\n' || (bytes > 0 && !IsUnsafe(value)))
      safe.append(text.substr(0, bytes));
    else if (bytes > 1)
      safe += fmt::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(value));
    else
      safe += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(text[0]));
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return safe;
}

std::string OneLine(std::string_view text) {
  std::string line = EscapeForTerminal(text);
  for (std::size_t at = 0; (at = line.find('\n', at)) != line.npos;)
    line.replace(at, 1, "\\x0a");
  return line;
}

std::string Paragraph(std::string_view text) {
  return ByLine(text, OneLine, "\n  ");
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (char c : text) width += IsContinuation(c) ? 0 : 1;
  return width;
}

bool UseColor(const Arguments& arguments, const Streams& streams) {
  const std::string when = arguments.Choice("color");
  if (when != "auto") return when == "always";
  if (IsSet("NO_COLOR")) return false;
  if (IsSet("FORCE_COLOR")) return true;
  const char* term = std::getenv("TERM");
  return streams.out_is_terminal && term != nullptr &&
         std::string_view(term) != "dumb";
}

}  // namespace opstat::cli
