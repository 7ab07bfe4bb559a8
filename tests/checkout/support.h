#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "opstat/checkout/sides.h"

namespace opstat::checkout {

/// A folder of its own, gone with its owner. While it lives, git reads no
/// configuration of this machine or user.
class Sandbox {
 public:
  Sandbox();
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  std::filesystem::path operator/(const std::string& name) const {
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

/// A small repository with real files; its methods fail the test on an error.
class TestRepository {
 public:
  /// `git init` with a branch main and no commit.
  explicit TestRepository(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  /// Runs git in it as a user would; gives what it prints, trimmed.
  std::string Git(const std::vector<std::string>& arguments) const;
  void Write(const std::string& name, const std::string& content) const;
  /// Adds everything and commits; gives the hash.
  std::string Commit(const std::string& message = "change") const;

 private:
  std::filesystem::path root_;
};

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& content);

/// Everything a user could miss afterwards: the bytes of each file of the work
/// tree and of .git (objects left out), and what `git worktree list`, `git
/// stash list` and `git status` say.
std::map<std::string, std::string> Fingerprint(const TestRepository& from);

/// A compare of `revisions` whose build copies the file `program` from source
/// to build, and whose cache is `sandbox / "cache"`.
Request CopyingRequest(const Sandbox& sandbox, const TestRepository& repository,
                       std::vector<std::string> revisions);

/// A Tell that is not interested.
void Silent(const std::string& step);

}  // namespace opstat::checkout
