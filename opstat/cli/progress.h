#pragma once

#include <ostream>
#include <string>

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
  void Clear();

 private:
  std::ostream& err_;
  bool on_;
};

/// "45 s", "3 min 20 s", "2 h 5 min".
std::string Duration(double seconds);

}  // namespace opstat::cli
