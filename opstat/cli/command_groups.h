#pragma once

#include "opstat/cli/command.h"

namespace opstat::cli {

// The command table, a group a file, in the order of the help. Parser, help,
// man pages, completion and docs/REFERENCE.md are made from it.
CommandGroup MeasureCommands();
CommandGroup JudgeCommands();
CommandGroup HistoryCommands();
CommandGroup ProjectCommands();

}  // namespace opstat::cli
