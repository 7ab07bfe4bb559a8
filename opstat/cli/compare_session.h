#pragma once

#include <memory>

#include "opstat/cli/arguments.h"
#include "opstat/cli/spool.h"

namespace opstat::cli {

/// The session that a `compare` command line means: a new one of the sides it
/// names, or with --resume and --more one that was begun earlier, kept in the
/// folder `sessions` beside the database. Throws Error(kUsage) when there is
/// none, or when a program of it has been built again since.
std::unique_ptr<Spool> OpenSession(const Arguments& arguments);

/// What its processes are to be like, from the command line it began with.
measure::SessionOptions OptionsOf(const Arguments& begun,
                                  const SessionHeader& header);

}  // namespace opstat::cli
