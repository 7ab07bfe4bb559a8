#pragma once

#include "opstat/cli/arguments.h"
#include "opstat/measure/session.h"

namespace opstat::cli {

/// A session without sides from the options that every measuring command
/// takes: --alloc, --filter, --min-time, --pin, --seed (else a random one),
/// --time-limit. Throws Error(kUsage) for a value out of range.
measure::SessionOptions SessionOptionsOf(const Arguments& arguments);

/// --rounds.
int RoundsOf(const Arguments& arguments);

}  // namespace opstat::cli
