#include "opstat/checkout/snapshot.h"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

class Snapshots : public testing::Test {
 protected:
  Snapshots() {
    repository.Write("tracked", "old\n");
    repository.Write(".gitignore", "ignored\n");
    head = repository.Commit();
  }

  std::string Take() const {
    return Snapshot(FindRepository(repository.root()), sandbox / "scratch");
  }
  // Of the snapshot: git reads its objects only with ours named.
  std::string Read(const std::vector<std::string>& arguments) const {
    return Git(repository.root(), {{"GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                    sandbox / "scratch" / "objects"}})
        .Run(arguments);
  }
  std::string Show(const std::string& name) const {
    return Read({"show", name});
  }

  Sandbox sandbox;
  TestRepository repository{sandbox / "repository"};
  std::string head;
};

TEST_F(Snapshots, HoldTrackedChangesAndUntrackedFilesButNotIgnoredOnes) {
  repository.Write("tracked", "new\n");
  repository.Write("folder/untracked", "here\n");
  repository.Write("ignored", "not here\n");
  const std::string commit = Take();
  EXPECT_EQ(Show(commit + ":tracked"), "new");
  EXPECT_EQ(Show(commit + ":folder/untracked"), "here");
  EXPECT_EQ(Show(commit + ":"),
            "tree " + commit + ":\n\n.gitignore\nfolder/\ntracked");
}

TEST_F(Snapshots, WriteNothingToTheRepositoryNotEvenObjects) {
  repository.Write("tracked", "new\n");
  const auto before = Fingerprint(repository);
  const std::string objects = repository.Git({"count-objects", "--verbose"});
  Take();
  EXPECT_EQ(Fingerprint(repository), before);
  EXPECT_EQ(repository.Git({"count-objects", "--verbose"}), objects);
}

TEST_F(Snapshots, OfACleanWorkTreeAreHead) { EXPECT_EQ(Take(), head); }

TEST_F(Snapshots, OfTheSameContentAreTheSame) {
  repository.Write("tracked", "new\n");
  EXPECT_EQ(Take(), Take());
}

TEST_F(Snapshots, HoldWhatLiesThereWhateverIsStaged) {
  repository.Write("tracked", "staged\n");
  repository.Git({"add", "tracked"});
  repository.Write("tracked", "lies there\n");
  EXPECT_EQ(Show(Take() + ":tracked"), "lies there");
}

TEST_F(Snapshots, SeeAChangeOfEqualSizeInTheIndexesOwnClockTick) {
  const fs::path file = repository.root() / "tracked";
  const fs::path index = repository.root() / ".git/index";
  // Leave git nothing but time and size to tell by.
  repository.Git({"config", "core.trustctime", "false"});
  repository.Git({"config", "core.checkStat", "minimal"});
  // An hour ago: within this second git would distrust any index.
  const auto tick = fs::file_time_type::clock::now() - std::chrono::hours(1);
  repository.Write("tracked", "aaa\n");
  fs::last_write_time(file, tick);
  repository.Git({"add", "tracked"});
  repository.Write("tracked", "bbb\n");
  fs::last_write_time(file, tick);
  fs::last_write_time(index, tick);
  EXPECT_EQ(Show(Take() + ":tracked"), "bbb");
}

TEST_F(Snapshots, LeaveOutTheHistoryIgnoredOrNot) {
  repository.Write(".opstat/history.db", "x");
  EXPECT_EQ(Take(), head);
  repository.Write(".git/info/exclude", ".opstat\n");
  EXPECT_EQ(Take(), head);
}

TEST_F(Snapshots, KeepLinksModesAndDeletions) {
  fs::remove(repository.root() / "tracked");
  fs::create_symlink("/etc/passwd", repository.root() / "link");
  repository.Write("run", "");
  fs::permissions(repository.root() / "run", fs::perms::owner_all);
  const std::string tree = Read({"ls-tree", Take()});
  EXPECT_NE(tree.find("120000 blob"), std::string::npos) << tree;
  EXPECT_NE(tree.find("100755 blob"), std::string::npos) << tree;
  EXPECT_EQ(tree.find("tracked"), std::string::npos) << tree;
}

TEST_F(Snapshots, RunNoHookAndNoFileSystemMonitor) {
  const fs::path canary = sandbox / "canary";
  const std::string script = "#!/bin/sh\ntouch " + canary.string() + "\n";
  for (const char* hook : {"post-index-change", "pre-commit", "post-checkout",
                           "reference-transaction", "monitor"}) {
    repository.Write(std::string(".git/hooks/") + hook, script);
    fs::permissions(repository.root() / ".git/hooks" / hook,
                    fs::perms::owner_all);
  }
  repository.Write(".git/config",
                   ReadFile(repository.root() / ".git/config") +
                       "[core]\nfsmonitor = .git/hooks/monitor\n");
  repository.Write("tracked", "new\n");
  Take();
  EXPECT_FALSE(fs::exists(canary));
}

TEST_F(Snapshots, KeepWhatGitLfsStoresOutOfTheRepository) {
  const fs::path canary = sandbox / "canary";
  repository.Git(
      {"config", "filter.lfs.clean",
       "sh -c 'git config lfs.storage >>" + canary.string() + "; cat'"});
  repository.Write(".gitattributes", "*.bin filter=lfs\n");
  repository.Write("a.bin", "content\n");
  // Racy: as if the index were as old as the file, each command reads it again.
  fs::last_write_time(repository.root() / ".git/index",
                      fs::last_write_time(repository.root() / "a.bin"));
  Take();
  std::istringstream storages(ReadFile(canary));
  int cleaned = 0;
  for (std::string line; std::getline(storages, line); ++cleaned)
    EXPECT_EQ(line, sandbox / "scratch" / "lfs");
  EXPECT_GT(cleaned, 0);
}

TEST_F(Snapshots, OfASparseCheckoutKeepWhatIsNotThere) {
  repository.Write("in/file", "in\n");
  repository.Write("out/file", "out\n");
  repository.Commit();
  repository.Git({"sparse-checkout", "set", "in"});
  repository.Write("in/file", "changed\n");
  repository.Write("out/new", "outside the patterns\n");
  const std::string commit = Take();
  EXPECT_EQ(Show(commit + ":in/file"), "changed");
  EXPECT_EQ(Show(commit + ":out/file"), "out");
  EXPECT_EQ(Show(commit + ":out/new"), "outside the patterns");
}

TEST_F(Snapshots, HoldSubmodulesAsTheyLieThere) {
  const TestRepository library(sandbox / "library");
  library.Write("code", "old\n");
  library.Commit();
  repository.Git({"submodule", "--quiet", "add", library.root(), "lib"});
  repository.Commit();
  const std::string clean = Take();
  EXPECT_EQ(clean, repository.Git({"rev-parse", "HEAD"}));

  repository.Write("lib/code", "edited\n");
  const std::string edited = Take();
  EXPECT_NE(edited, clean);
  const std::string submodule = Read({"rev-parse", edited + ":lib"});
  EXPECT_EQ(Show(submodule + "^{tree}:code"), "edited");
}

}  // namespace
}  // namespace opstat::checkout
