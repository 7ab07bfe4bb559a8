#pragma once

#include <string>

#include "opstat/cli/command.h"

namespace opstat::cli {

/// `opstat help`: what it is, examples, the commands, the exit codes.
std::string Help();
/// `opstat help COMMAND`: examples first, a line an option, exit codes last.
std::string Help(const Command& command);

}  // namespace opstat::cli
