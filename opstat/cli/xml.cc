#include "opstat/cli/xml.h"

#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

// U+FFFE and U+FFFF: no characters to XML, and harmless to a terminal.
constexpr std::string_view kNoCharacters[] = {"\uFFFE", "\uFFFF"};
constexpr std::string_view kNoCharacterTexts[] = {"\\u{FFFE}", "\\u{FFFF}"};

std::string WithoutNoCharacters(std::string text) {
  for (std::size_t i = 0; i < std::size(kNoCharacters); ++i)
    for (std::size_t at = 0;
         (at = text.find(kNoCharacters[i], at)) != std::string::npos;)
      text.replace(at, kNoCharacters[i].size(), kNoCharacterTexts[i]);
  return text;
}

}  // namespace

std::string XmlText(std::string_view text) {
  std::string xml;
  for (const char c : WithoutNoCharacters(OneLine(text))) switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      case '\'':
        xml += "&apos;";
        break;
      default:
        xml += c;
    }
  return xml;
}

}  // namespace opstat::cli
