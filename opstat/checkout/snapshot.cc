#include "opstat/checkout/snapshot.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "opstat/measure/identity.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

// GIT_ALTERNATE_OBJECT_DIRECTORIES takes several paths between colons; one in
// double quotes may hold them.
std::string Quoted(const fs::path& path) {
  std::string quoted = "\"";
  for (char c : path.string()) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// git sees a file changed within the index's own clock tick only by comparing
// the two times: a copy with a newer time would hide the change.
fs::path CopyIndex(const Repository& repository, const fs::path& scratch) {
  const fs::path index = repository.GitPath("index");
  fs::path copy = scratch / ("index-" + measure::RandomId());
  if (fs::exists(index)) {
    fs::copy_file(index, copy);
    fs::last_write_time(copy, fs::last_write_time(index));
  }
  return copy;
}

void AddAll(const Git& git) {
  std::vector<std::string> arguments = {"add", "--all", "--sparse", "--", ":/"};
  // git fails on a pathspec that names an ignored file, an exclusion even.
  if (!git.Try({"check-ignore", "--quiet", "--no-index", ".opstat"}))
    arguments.push_back(":(exclude,top).opstat");
  git.Run(arguments);
}

void AddSubmodules(const Repository& repository, const Git& git,
                   const fs::path& scratch) {
  for (const Submodule& submodule : ListSubmodules(git)) {
    if (!IsPopulated(repository.root, submodule.path)) continue;
    const std::string commit =
        Snapshot(FindRepository(repository.root / submodule.path), scratch);
    git.Run({"update-index", "--cacheinfo",
             fmt::format("160000,{},{}", commit, submodule.path)});
  }
}

// Author and dates are HEAD's: the same content shall give the same hash.
measure::Environment Identity(const Git& git) {
  const std::string date =
      git.Run({"show", "-s", "--format=%ct +0000", "HEAD"});
  return {{"GIT_AUTHOR_NAME", "opstat"},
          {"GIT_AUTHOR_EMAIL", "opstat@localhost"},
          {"GIT_AUTHOR_DATE", date},
          {"GIT_COMMITTER_NAME", "opstat"},
          {"GIT_COMMITTER_EMAIL", "opstat@localhost"},
          {"GIT_COMMITTER_DATE", date}};
}

}  // namespace

std::string Snapshot(const Repository& repository, const fs::path& scratch) {
  const fs::path objects = scratch / "objects";
  fs::create_directories(objects);
  measure::Environment environment = Identity(repository.git());
  environment.emplace_back("GIT_INDEX_FILE", CopyIndex(repository, scratch));
  environment.emplace_back("GIT_OBJECT_DIRECTORY", objects);
  environment.emplace_back("GIT_ALTERNATE_OBJECT_DIRECTORIES",
                           Quoted(repository.objects));
  // Git LFS would store a changed file's content in the repository. Here is
  // where it looks for what belongs to `objects`. Every command needs it:
  // whichever writes the index may read a file again.
  const Git git(repository.root, std::move(environment),
                {"lfs.storage=" + (scratch / "lfs").string()});
  AddAll(git);
  AddSubmodules(repository, git, scratch);
  const std::string tree = git.Run({"write-tree", "--missing-ok"});
  std::string head = git.Run({"rev-parse", "HEAD"});
  if (tree == git.Run({"rev-parse", "HEAD^{tree}"})) return head;
  return git.Run({"commit-tree", "-p", head, "-m", "work tree", tree});
}

}  // namespace opstat::checkout
