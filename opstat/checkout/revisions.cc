#include "opstat/checkout/revisions.h"

#include <fmt/format.h>

#include <filesystem>

#include "opstat/benchfmt/error.h"

namespace opstat::checkout {
namespace {

std::string FetchHint(const Repository& repository) {
  return repository.shallow
             ? "this clone is shallow; fetch its history: git fetch --unshallow"
             : "git branch --all lists the branches here; git fetch gets more";
}

std::optional<std::string> CommitOf(const Repository& repository,
                                    const std::string& name) {
  return repository.git().Try({"rev-parse", "--verify", "--quiet",
                               "--end-of-options", name + "^{commit}"});
}

// "" for what is no branch; of a remote's branch without the remote.
std::string BranchCalled(const Repository& repository,
                         const std::string& name) {
  const std::string local = "refs/heads/", remote = "refs/remotes/";
  const std::string ref =
      repository.git()
          .Try({"rev-parse", "--verify", "--quiet", "--symbolic-full-name",
                "--end-of-options", name})
          .value_or("");
  if (ref.starts_with(local)) return ref.substr(local.size());
  const std::size_t slash = ref.find('/', remote.size());
  return ref.starts_with(remote) && slash != std::string::npos
             ? ref.substr(slash + 1)
             : "";
}

[[noreturn]] void NoCommit(const Repository& repository,
                           const std::string& name) {
  if (!CommitOf(repository, "HEAD"))
    throw Error(Failure::kUsage, "this repository has no commit yet",
                "git commit, then compare the work tree with that");
  std::error_code ignored;
  const bool is_file = std::filesystem::is_regular_file(name, ignored);
  throw Error(
      Failure::kUsage,
      fmt::format("no commit is called '{}'{}", name,
                  is_file ? ": it is a file" : ""),
      is_file ? "of result files: opstat stat OLD NEW, opstat gate --from OLD "
                "NEW; of programs: --base-cmd OLD --head-cmd NEW"
              : FetchHint(repository));
}

Revision Named(const Repository& repository, const std::string& name) {
  if (name.starts_with('-'))
    throw Error(Failure::kUsage,
                fmt::format("'{}' begins with a dash: no ref is called by "
                            "such a name",
                            name),
                "for a branch that is: refs/heads/" + name);
  const auto commit = CommitOf(repository, name);
  if (!commit) NoCommit(repository, name);
  return {.label = name,
          .commit = *commit,
          .branch = BranchCalled(repository, name)};
}

Revision MergeBase(const Repository& repository, const Revision& ours,
                   const Revision& theirs) {
  const auto commit =
      repository.git().Try({"merge-base", ours.commit, theirs.commit});
  if (!commit)
    throw Error(Failure::kUsage,
                fmt::format("'{}' and '{}' have no common ancestor here",
                            ours.label, theirs.label),
                FetchHint(repository));
  return {.label = "merge base with " + ours.label,
          .commit = *commit,
          .branch = ours.branch};
}

Revision DefaultBranch(const Repository& repository,
                       const std::string& configured) {
  for (const std::string& name :
       {std::string("refs/remotes/origin/HEAD"), std::string("refs/heads/main"),
        std::string("refs/heads/master"), configured})
    if (const auto commit =
            name.empty() ? std::nullopt : CommitOf(repository, name)) {
      const auto shown =
          repository.git().Try({"rev-parse", "--abbrev-ref", name});
      return {.label = shown && !shown->empty() ? *shown : name,
              .commit = *commit,
              .branch = BranchCalled(repository, name)};
    }
  throw Error(Failure::kUsage,
              "no default branch: there is no origin/HEAD, main or master",
              "name the base, opstat compare BASE, or set default_branch in "
              "opstat.toml; after a single-branch clone: git remote set-head "
              "origin --auto");
}

Revision WorkTree(const Repository& repository) {
  Revision head = Named(repository, "HEAD");
  head.work_tree = !repository.root.empty();
  if (head.work_tree) head.label = "work tree";
  return head;
}

Revision NamedOrHead(const Repository& repository, const std::string& name) {
  return Named(repository, name.empty() ? "HEAD" : name);
}

// "A..B", "A...B"; git forbids two dots in a ref's name.
std::optional<Revisions> Range(const Repository& repository,
                               const std::string& word) {
  const std::size_t dots = word.find("..");
  if (dots == std::string::npos) return std::nullopt;
  const bool three = word.compare(dots, 3, "...") == 0;
  Revisions sides{NamedOrHead(repository, word.substr(0, dots)),
                  NamedOrHead(repository, word.substr(dots + (three ? 3 : 2)))};
  if (three) sides.base = MergeBase(repository, sides.base, sides.head);
  return sides;
}

}  // namespace

Revisions Resolve(const Repository& repository,
                  const std::vector<std::string>& words,
                  const std::string& default_branch) {
  if (words.empty()) {
    const Revision head = WorkTree(repository);
    return {
        MergeBase(repository, DefaultBranch(repository, default_branch), head),
        head};
  }
  if (words.size() == 1) {
    if (auto range = Range(repository, words[0])) return *std::move(range);
    return {Named(repository, words[0]), WorkTree(repository)};
  }
  return {Named(repository, words[0]), Named(repository, words[1])};
}

}  // namespace opstat::checkout
