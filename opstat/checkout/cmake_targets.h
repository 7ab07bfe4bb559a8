#pragma once

#include <filesystem>
#include <vector>

namespace opstat::checkout {

/// Asks the next `cmake` run in `build` to describe its targets there (CMake's
/// file API, codemodel version 2).
void AskForTargets(const std::filesystem::path& build);

/// The executables of the CMake build folder `build` that link Google
/// Benchmark, relative to it, sorted. Empty when cmake did not answer. Throws
/// Error(kBadData) when an answer cannot be read.
std::vector<std::filesystem::path> BenchmarkPrograms(
    const std::filesystem::path& build);

}  // namespace opstat::checkout
