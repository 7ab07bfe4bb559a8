#include "opstat/store/postgres_text.h"

#include <algorithm>
#include <vector>

#include "opstat/benchfmt/utf8.h"

namespace opstat::store {
namespace {

constexpr char kSubstitute = '\x1a';
constexpr std::string_view kHex = "0123456789abcdef";

int HexValue(char digit) {
  const std::size_t value = kHex.find(digit);
  return value == std::string_view::npos ? 0 : static_cast<int>(value);
}

// The user's part, "user:password", of scheme://user:password@host/...; up to
// the last @ there is, for a password whose own @ or / was not escaped.
std::string UserPassword(const std::string& url) {
  const std::size_t start = url.find("://");
  const std::size_t at = url.rfind('@', url.find('?'));
  if (start == std::string::npos || at == std::string::npos) return "";
  const std::size_t colon = url.find(':', start + 3);
  return colon < at ? url.substr(colon + 1, at - colon - 1) : "";
}

std::vector<std::string> Passwords(const std::string& url) {
  std::vector<std::string> passwords{UserPassword(url)};
  constexpr std::string_view kParameter = "password=";
  std::size_t found = url.find(kParameter);
  while (found != std::string::npos) {
    const std::size_t start = found + kParameter.size();
    passwords.push_back(url.substr(start, url.find('&', start) - start));
    found = url.find(kParameter, start);
  }
  std::erase(passwords, "");
  // A password that another one contains comes after it.
  std::ranges::sort(passwords, std::ranges::greater(), &std::string::size);
  return passwords;
}

}  // namespace

std::string ToPostgresText(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    std::size_t length = benchfmt::Utf8Length(bytes);
    if (length == 0 || bytes[0] == '\0' || bytes[0] == kSubstitute) {
      const auto byte = static_cast<unsigned char>(bytes[0]);
      text += {kSubstitute, kHex[byte >> 4], kHex[byte & 15]};
      length = 1;
    } else {
      text += bytes.substr(0, length);
    }
    bytes.remove_prefix(length);
  }
  return text;
}

std::string FromPostgresText(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != kSubstitute || i + 2 >= text.size()) {
      bytes += text[i];
      continue;
    }
    bytes +=
        static_cast<char>(16 * HexValue(text[i + 1]) + HexValue(text[i + 2]));
    i += 2;
  }
  return bytes;
}

bool IsPostgresUrl(std::string_view name) {
  return name.starts_with("postgresql://") || name.starts_with("postgres://");
}

std::string WithoutPassword(std::string text, const std::string& url) {
  for (const std::string& password : Passwords(url)) {
    std::size_t found = text.find(password);
    while (found != std::string::npos) {
      text.replace(found, password.size(), "***");
      found = text.find(password, found + 3);
    }
  }
  return text;
}

}  // namespace opstat::store
