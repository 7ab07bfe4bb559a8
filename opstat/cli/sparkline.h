#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace opstat::cli {

/// A curve of one line: the values from the smallest (the lowest block) to the
/// largest, in at most `width` columns; a column of several values shows their
/// median. NaN is a blank, equal values are one middle line. `ascii`: without
/// Unicode's blocks. REQUIRES: width > 0.
std::string Sparkline(std::span<const double> values, std::size_t width,
                      bool ascii);

/// Whether the locale says that the terminal shows UTF-8: LC_ALL, else
/// LC_CTYPE, else LANG.
bool LocaleIsUtf8();

}  // namespace opstat::cli
