#pragma once

#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::cli {

/// Reads the files that a command line names, `path` or `label=path` (unless
/// there is a file of that whole name). A file without a label has its name
/// for one, its path where another has that name, and "path#1", "path#2" where
/// it is named twice. Labels given are taken as they are: files of one label
/// are one side. Throws as benchfmt::ReadRunFile.
std::vector<benchfmt::Run> ReadInputs(const std::vector<std::string>& words);

}  // namespace opstat::cli
