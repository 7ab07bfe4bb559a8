#pragma once

#include <filesystem>
#include <string>

#include "opstat/checkout/repository.h"

namespace opstat::checkout {

/// A commit of the work tree as it lies there: tracked changes, untracked files
/// that are not ignored, and the same of every populated submodule, recursively
/// (but not `.opstat`, the history). Nothing is written to the repository: the
/// index is a copy and new objects go to `scratch / "objects"`, so no ref names
/// the commit and no other program sees it. Unchanged, it is HEAD itself. The
/// same content on the same HEAD gives the same hash. Throws
/// Error(kCannotMeasure) when git cannot read a file.
std::string Snapshot(const Repository& repository,
                     const std::filesystem::path& scratch);

}  // namespace opstat::checkout
