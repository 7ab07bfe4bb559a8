#include "opstat/cli/progress.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string_view>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {

std::string Duration(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

double ParseDuration(const std::string& option, const std::string& text) {
  constexpr double kLongest = 30 * 86'400;
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const std::string_view unit(stop, end);
  const double seconds = value * (unit == "h" ? 3600 : unit == "m" ? 60 : 1);
  const bool known = unit.empty() || unit == "s" || unit == "m" || unit == "h";
  if (error != std::errc() || !known || !(seconds > 0 && seconds <= kLongest))
    throw Error(Failure::kUsage,
                fmt::format("--{} takes a time as 90s, 5m or 1h, not '{}'",
                            option, text));
  return seconds;
}

void ProgressLine::Show(const measure::Progress& progress) {
  if (!on_) return;
  const std::string round =
      (progress.stage == 0 ? "" : "again: ") +
      (progress.round == 0
           ? "warm-up"
           : fmt::format("round {} of {}", progress.round, progress.rounds));
  std::string left;
  if (progress.done > 0)
    left = fmt::format(", {} left", Duration(progress.elapsed / progress.done *
                                             (progress.total - progress.done)));
  Show(round + left + "  " + EscapeForTerminal(progress.benchmark));
}

void ProgressLine::Show(const std::string& text) {
  if (on_) err_ << "\r\x1b[K" << text << std::flush;
}

void ProgressLine::Clear() {
  if (on_) err_ << "\r\x1b[K" << std::flush;
}

}  // namespace opstat::cli
