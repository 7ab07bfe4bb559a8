#pragma once

#include <string>
#include <utility>
#include <vector>

#include "opstat/cli/command.h"

namespace opstat::cli {

/// `opstat help`: what it is, examples, the commands, the exit codes.
std::string Help();
/// `opstat help COMMAND`: examples first, a line an option, exit codes last.
std::string Help(const Command& command);

// What help, man pages and the reference say alike.

/// "opstat run [options] -- PROGRAM [ARGS]"
std::string Usage(const Command& command);
/// "-o, --out FILE"
std::string Synopsis(const Option& option);
/// The help of an option, and in brackets its fallback.
std::string Explanation(const Option& option);
/// The command's options, then those of every command.
std::vector<Option> AllOptions(const Command& command);
/// Codes and meanings in ascending order; of every command for nullptr.
std::vector<std::pair<int, std::string>> ExitCodes(const Command* command);

}  // namespace opstat::cli
