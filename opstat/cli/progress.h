#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "opstat/measure/session.h"

namespace opstat::cli {

/// One line on a terminal's stderr that is rewritten in place and cleared at
/// the end. Off: prints nothing.
class ProgressLine {
 public:
  ProgressLine(std::ostream& err, bool on) : err_(err), on_(on) {}
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void Show(const measure::Progress& progress);
  /// `text` is shown as it is.
  void Show(const std::string& text);
  void Clear();

 private:
  std::ostream& err_;
  bool on_;
};

/// "45 s", "3 min 20 s", "2 h 5 min".
std::string Duration(double seconds);

/// Seconds of "90", "90s", "1.5m", "2h". Throws Error(kUsage) naming `option`.
double ParseDuration(const std::string& option, const std::string& text);

}  // namespace opstat::cli
