#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "opstat/checkout/git.h"

namespace opstat::checkout {

/// The user's repository, which is only ever read. Paths are absolute.
struct Repository {
  std::filesystem::path folder;   ///< where git is run
  std::filesystem::path root;     ///< the work tree's top; "" without one
  std::filesystem::path common;   ///< .git, of the main work tree
  std::filesystem::path objects;  ///< its object store
  std::string object_format;      ///< sha1, sha256
  bool shallow = false;

  Git git() const { return Git(folder); }
  /// A file of this work tree's git folder, e.g. "index".
  std::filesystem::path GitPath(const std::string& name) const;
};

/// The repository that `folder` lies in. Throws Error(kUsage) when there is
/// none or git will not read it (owned by another user, say).
Repository FindRepository(const std::filesystem::path& folder);

/// Folders of the submodules (gitlinks) in the index or commit that `git`
/// lists, relative to its top.
struct Submodule {
  std::string path, commit;
};
std::vector<Submodule> ListSubmodules(const Git& git);

/// True when `root / path` holds a repository of its own, as an initialised
/// submodule does.
bool IsPopulated(const std::filesystem::path& root, const std::string& path);

}  // namespace opstat::checkout
