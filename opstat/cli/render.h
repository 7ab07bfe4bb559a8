#pragma once

#include <string>
#include <string_view>

#include "opstat/compare/comparison.h"

namespace opstat::cli {

struct RenderOptions {
  bool all_units = false;  ///< also the clock that does not decide, faults, ...
  bool color = false;      ///< of text
  bool samples = false;    ///< in JSON: the raw samples too
};

/// A comparison as "text", "csv", "markdown" or "json".
/// REQUIRES: `format` is one of these.
std::string Render(const compare::Comparison& comparison,
                   std::string_view format, const RenderOptions& options);

}  // namespace opstat::cli
