#pragma once

#include "opstat/cli/command.h"

namespace opstat::cli {

// One verb each, in command_<verb>.cc. Return the exit code; throw Error.
int RunCommand(const Arguments& arguments, Streams& streams);
int CompareCommand(const Arguments& arguments, Streams& streams);
int StatCommand(const Arguments& arguments, Streams& streams);
int ShowCommand(const Arguments& arguments, Streams& streams);
int ListCommand(const Arguments& arguments, Streams& streams);
int TagCommand(const Arguments& arguments, Streams& streams);
int GcCommand(const Arguments& arguments, Streams& streams);
int HistoryCommand(const Arguments& arguments, Streams& streams);
int ImportCommand(const Arguments& arguments, Streams& streams);
int DoctorCommand(const Arguments& arguments, Streams& streams);
int ExportCommand(const Arguments& arguments, Streams& streams);
int ReportCommand(const Arguments& arguments, Streams& streams);
int CompletionCommand(const Arguments& arguments, Streams& streams);
int HelpCommand(const Arguments& arguments, Streams& streams);
int InitCommand(const Arguments& arguments, Streams& streams);
int BisectCommand(const Arguments& arguments, Streams& streams);
int BlameCommand(const Arguments& arguments, Streams& streams);

}  // namespace opstat::cli
