#pragma once

#include <string>

#include "opstat/checkout/sides.h"
#include "opstat/cli/arguments.h"

namespace opstat::cli {

/// The compare of two revisions that a command line asks for: its positional
/// arguments, --build, --base-build, --head-build, --base-env, --head-env,
/// --program and --default-branch. A side's own --*-build goes before --build.
/// Throws Error(kUsage) for more than two revisions and a variable without `=`.
checkout::Request RevisionsRequest(const Arguments& arguments);

/// The variables that a repeatable option sets, "NAME=VALUE" each. Throws
/// Error(kUsage) for one without a name or a `=`.
measure::Environment Variables(const Arguments& arguments,
                               std::string_view option);

/// What --dry-run prints about building: a line a side with its label, hash,
/// build command and whether it is built already, and what would be run.
std::string PlanText(const checkout::Plan& plan, const std::string& program);

}  // namespace opstat::cli
