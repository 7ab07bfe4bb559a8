#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opstat/measure/side.h"

namespace opstat::checkout {

/// How a side is built.
struct BuildOptions {
  std::string command;  ///< for `sh -c` in the source folder; "": CMake
  measure::Environment environment = {};
};

/// What is run when no command is given: CMake, with an optimised build.
extern const char* const kCMakeBuild;

/// Everything that the bytes of a build may depend on and opstat can see: the
/// commit, where it came from, the command, the side's environment, the
/// versions of the compilers that CC and CXX (else cc and c++) name, and CC,
/// CXX, the flag variables and CMAKE_* of this environment. One line.
std::string BuildKey(const std::string& commit, const std::string& origin,
                     const BuildOptions& options);

/// Builds `source` into `build`, with everything printed going to `log`.
/// Throws Error(kCannotMeasure) with the log's last lines and its path.
void Build(const std::string& side, const BuildOptions& options,
           const std::filesystem::path& source,
           const std::filesystem::path& build,
           const std::filesystem::path& log);

}  // namespace opstat::checkout
