#include "opstat/cli/amount.h"

#include <charconv>
#include <cmath>

namespace opstat::cli {
namespace {

struct Suffix {
  std::string_view text;
  double factor;
  Dimension dimension;
};

using enum Dimension;

constexpr Suffix kSuffixes[] = {
    {"", 1, kPlain},           {"%", 0.01, kPlain},
    {"ns", 1e-9, kSeconds},    {"us", 1e-6, kSeconds},
    {"µs", 1e-6, kSeconds},    {"ms", 1e-3, kSeconds},
    {"s", 1, kSeconds},        {"B", 1, kBytes},
    {"kB", 1e3, kBytes},       {"MB", 1e6, kBytes},
    {"GB", 1e9, kBytes},       {"KiB", 1024, kBytes},
    {"MiB", 1048576., kBytes}, {"GiB", 1073741824., kBytes}};

void SkipBlanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
}

}  // namespace

std::optional<Amount> ParseAmount(std::string_view text) {
  SkipBlanks(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value) || std::signbit(value))
    return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  SkipBlanks(text);
  for (const Suffix& suffix : kSuffixes)
    if (text == suffix.text)
      return Amount{value * suffix.factor, text == "%", suffix.dimension};
  return std::nullopt;
}

}  // namespace opstat::cli
