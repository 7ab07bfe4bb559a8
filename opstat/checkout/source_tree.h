#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opstat/checkout/repository.h"

namespace opstat::checkout {

/// Writes the files of `commit`, submodules included, into the new folder
/// `destination`, as a repository of its own that borrows the objects of
/// `repository` and, when not empty, of the folder `more_objects`. It is none
/// of the user's worktrees: nothing is registered there, so nothing is left
/// there, even by SIGKILL. Detached at `commit`, with the user's tags, so that
/// `git describe` works in a build; with the user's end-of-line and filter
/// settings and sparse patterns, so that the files are those the user has;
/// without the user's hooks, remotes and branches.
/// A submodule is taken from where the user's work tree has it; one that is not
/// populated there stays empty. Returns notes for the user, a sentence each.
/// Throws Error(kCannotMeasure) naming the submodule whose commit is not here.
std::vector<std::string> WriteSourceTree(
    const Repository& repository, const std::string& commit,
    const std::filesystem::path& destination,
    const std::filesystem::path& more_objects);

}  // namespace opstat::checkout
