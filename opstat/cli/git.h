#pragma once

#include <map>
#include <string>

namespace opstat::cli {

/// Facts of the checkout that the current folder is in: "commit.hash",
/// "commit.time", "commit.branch", "commit.dirty" ("true" when tracked files
/// differ or untracked ones are not ignored). Empty outside a checkout, before
/// the first commit, or without git. Reads only.
std::map<std::string, std::string> CommitFacts();

/// The checkout's top folder, or "" outside one.
std::string GitRoot();

}  // namespace opstat::cli
