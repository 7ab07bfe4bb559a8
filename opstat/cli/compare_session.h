#pragma once

#include <memory>

#include "opstat/cli/arguments.h"
#include "opstat/cli/compare_sides.h"
#include "opstat/cli/spool.h"

namespace opstat::cli {

/// What a new session of these sides would begin with.
SessionHeader NewHeader(const Arguments& arguments, const CompareSides& sides);

/// A new session of these sides, in the folder `sessions` beside the database.
std::unique_ptr<Spool> BeginSession(const Arguments& arguments,
                                    const CompareSides& sides);

/// The session of that folder that --resume or --more means. Throws
/// Error(kUsage) when there is none, or when a program of it has been built
/// again since.
std::unique_ptr<Spool> TakeUpSession(const Arguments& arguments);

/// What its processes are to be like, from the command line it began with.
measure::SessionOptions OptionsOf(const Arguments& begun,
                                  const SessionHeader& header);

}  // namespace opstat::cli
