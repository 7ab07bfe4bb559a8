#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opstat/compare/rule.h"

namespace opstat::cli {

/// The [[rule]] tables of an opstat.toml, in their order. `file` is what
/// messages and Rule::origin call it. Throws Error(kUsage) with file, line and
/// column for a key or value that is none, for an absolute threshold of what is
/// not counted exactly, and for what is no TOML.
std::vector<compare::Rule> ParseRules(std::string_view toml,
                                      const std::string& file);

/// Each rule as it was written, "benchmark = ^Parse; unit = B/op", and where.
struct RuleLine {
  std::string text, origin;
};
std::vector<RuleLine> DescribeRules(std::string_view toml,
                                    const std::string& file);

}  // namespace opstat::cli
