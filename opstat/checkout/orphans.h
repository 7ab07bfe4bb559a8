#pragma once

#include <filesystem>

namespace opstat::checkout {

/// The variable by which a build's processes are known: its build folder.
inline constexpr const char* kBuildVariable = "OPSTAT_SIDE_BUILD";

/// Kills the processes whose environment says that they build `build`. When
/// opstat dies by SIGKILL the kernel takes the shell it started with it, but
/// not what that shell started: those would go on writing.
void KillBuildersOf(const std::filesystem::path& build);

}  // namespace opstat::checkout
