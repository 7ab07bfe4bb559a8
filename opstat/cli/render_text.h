#pragma once

#include <ostream>
#include <string>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

struct TextOptions {
  bool color = false;
  bool all_units =
      false;  ///< also the clock that does not decide, faults/op, ...
  bool only_changed = false;  ///< rows that changed, are missing or new
};

/// benchstat's table, one a unit, with the interval of the change and the
/// verdict beside each delta, footnotes, and a closing line that counts the
/// verdicts. A comparison without contenders gives one column.
std::string RenderText(const compare::Comparison& comparison,
                       const TextOptions& options);
/// The same into `out`, a line at a time.
void WriteText(const compare::Comparison& comparison,
               const TextOptions& options, std::ostream& out);

}  // namespace opstat::cli
