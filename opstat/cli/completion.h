#pragma once

#include <string>

#include "opstat/cli/command.h"

namespace opstat::cli {

// The command table as scripts that teach a shell to complete opstat's words.
// Each is a text for that shell alone and calls nothing but git (revisions).
std::string BashCompletion();
std::string ZshCompletion();
std::string FishCompletion();

/// What an option's value is, for completion.
enum class ValueKind { kNone, kFile, kFolder, kCommand, kWords, kOther };
ValueKind KindOfValue(const Option& option);

/// `text` within single quotes of bash and zsh.
std::string ShellQuoted(std::string_view text);

}  // namespace opstat::cli
