#include "opstat/cli/progress.h"

#include <fmt/format.h>

#include <cmath>

#include "opstat/cli/terminal.h"

namespace opstat::cli {

std::string Duration(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

void ProgressLine::Show(const measure::Progress& progress) {
  if (!on_) return;
  const std::string round =
      progress.round == 0
          ? "warm-up"
          : fmt::format("round {} of {}", progress.round, progress.rounds);
  std::string left;
  if (progress.done > 0)
    left = fmt::format(", {} left", Duration(progress.elapsed / progress.done *
                                             (progress.total - progress.done)));
  err_ << "\r\x1b[K" << round << left << "  "
       << EscapeForTerminal(progress.benchmark) << std::flush;
}

void ProgressLine::Clear() {
  if (on_) err_ << "\r\x1b[K" << std::flush;
}

}  // namespace opstat::cli
