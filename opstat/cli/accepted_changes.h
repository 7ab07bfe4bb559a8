#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opstat/compare/acceptance.h"

namespace opstat::cli {

/// The [[accept]] tables of an opstat.toml, in their order: `benchmark` (a
/// regular expression, searched for in the full name), `reason` and `until` (a
/// date) are required, `unit` and `commit` (7 hex digits or more) narrow them.
/// `file` is what messages and Acceptance::origin call it. Throws Error(kUsage)
/// with file, line and column for what is no such table or no TOML.
std::vector<compare::Acceptance> ParseAcceptances(std::string_view toml,
                                                  const std::string& file);

/// Today in UTC, "2026-11-26".
std::string Today();

}  // namespace opstat::cli
