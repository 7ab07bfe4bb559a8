#pragma once

#include <map>
#include <optional>
#include <string>

namespace opstat::cli {

/// Facts of the checkout that the current folder is in: "commit.hash",
/// "commit.time", "commit.branch", "commit.dirty" ("true" when tracked files
/// differ or untracked ones are not ignored). Empty outside a checkout, before
/// the first commit, or without git. Reads only.
std::map<std::string, std::string> CommitFacts();

/// The full hash of what git calls `revision`, and that commit's time (ISO
/// 8601); nothing where git knows none. Any text may be asked for.
std::optional<std::string> CommitHash(const std::string& revision);
std::optional<std::string> CommitTime(const std::string& revision);

/// The checkout's top folder, or "" outside one.
std::string GitRoot();

/// The address of the remote `origin`, or "".
std::string RemoteUrl();

}  // namespace opstat::cli
