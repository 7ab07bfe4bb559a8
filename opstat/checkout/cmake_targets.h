#pragma once

#include <compare>
#include <filesystem>
#include <string>
#include <vector>

namespace opstat::checkout {

/// Asks the next `cmake` run in `build` to describe its targets there (CMake's
/// file API, codemodel version 2).
void AskForTargets(const std::filesystem::path& build);

struct BenchmarkProgram {
  std::string target;          ///< CMake's name for it
  std::filesystem::path path;  ///< relative to the build folder
  auto operator<=>(const BenchmarkProgram&) const = default;
};

/// The executables of the CMake build folder `build` that link Google
/// Benchmark, sorted by target. Empty when cmake did not answer. Throws
/// Error(kBadData) when an answer cannot be read.
std::vector<BenchmarkProgram> BenchmarkPrograms(
    const std::filesystem::path& build);

}  // namespace opstat::checkout
