#include "opstat/cli/sparkline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <vector>

#include "opstat/stats/summary.h"

namespace opstat::cli {
namespace {

using Levels = std::array<std::string_view, 8>;

constexpr Levels kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr Levels kAscii = {"_", ".", "-", "~", "=", "+", "*", "#"};

double Middle(std::span<const double> values) {
  std::vector<double> known;
  for (const double value : values)
    if (std::isfinite(value)) known.push_back(value);
  return known.empty() ? std::numeric_limits<double>::quiet_NaN()
                       : stats::Median(known);
}

std::vector<double> Columns(std::span<const double> values, std::size_t width) {
  const std::size_t count = std::min(width, values.size());
  std::vector<double> columns;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = i * values.size() / count;
    const std::size_t end = (i + 1) * values.size() / count;
    columns.push_back(Middle(values.subspan(begin, end - begin)));
  }
  return columns;
}

std::size_t Level(double value, double low, double high) {
  constexpr std::size_t kMiddle = 3;
  if (!(high > low)) return kMiddle;
  const double share = (value - low) / (high - low);
  return std::min(kBlocks.size() - 1,
                  std::size_t(share * double(kBlocks.size())));
}

}  // namespace

std::string Sparkline(std::span<const double> values, std::size_t width,
                      bool ascii) {
  const std::vector<double> columns = Columns(values, width);
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : columns) {
    if (std::isnan(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  std::string line;
  for (const double value : columns)
    line += std::isnan(value)
                ? " "
                : (ascii ? kAscii : kBlocks)[Level(value, low, high)];
  return line;
}

bool LocaleIsUtf8() {
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale(value);
    for (const std::string_view utf8 : {"UTF-8", "utf-8", "UTF8", "utf8"})
      if (locale.find(utf8) != std::string_view::npos) return true;
    return false;
  }
  return false;
}

}  // namespace opstat::cli
