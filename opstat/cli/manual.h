#pragma once

#include <string>

#include "opstat/cli/command.h"

namespace opstat::cli {

// The command table as documents that others show.

/// opstat(1) in roff: what `man opstat` shows.
std::string ManualPage();
/// opstat-COMMAND(1).
std::string ManualPage(const Command& command);
/// docs/REFERENCE.md.
std::string Reference();

}  // namespace opstat::cli
