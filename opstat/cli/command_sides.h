#pragma once

#include <string>
#include <vector>

#include "opstat/cli/arguments.h"
#include "opstat/measure/side.h"

namespace opstat::cli {

/// Baseline and contender from --base-cmd, --head-cmd, --base-env, --head-env:
/// two programs that exist. A side is called by its variables, its program's
/// file name and arguments, cut to what a table's heading holds. Throws
/// Error(kUsage) when one command is missing, a quotation does not end, or a
/// variable has no `=`.
std::vector<measure::Side> CommandSides(const Arguments& arguments);

/// Tells a program file from one built later: depends on all its bytes. `argv0`
/// is searched in PATH; "" when there is no such file.
std::string ProgramFingerprint(const std::string& argv0);

}  // namespace opstat::cli
