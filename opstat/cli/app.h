#pragma once

#include <string>
#include <vector>

#include "opstat/cli/command.h"

namespace opstat::cli {

/// The whole program: finds the command, runs it, turns an Error into one
/// message and its exit code (under --json into a JSON document on stdout).
/// `words` are the arguments without the program's name.
int App(const std::vector<std::string>& words, Streams& streams);

}  // namespace opstat::cli
