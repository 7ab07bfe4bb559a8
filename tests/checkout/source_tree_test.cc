#include "opstat/checkout/source_tree.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"
#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

class SourceTrees : public testing::Test {
 protected:
  std::vector<std::string> Make(const std::string& commit) const {
    return WriteSourceTree(FindRepository(repository.root()), commit, tree, {});
  }
  std::string InTree(const std::vector<std::string>& arguments) const {
    return Git(tree).Run(arguments);
  }

  Sandbox sandbox;
  TestRepository repository{sandbox / "repository"};
  fs::path tree = sandbox / "tree";
};

TEST_F(SourceTrees, HoldTheFilesOfThatCommit) {
  repository.Write("file", "first\n");
  const std::string first = repository.Commit();
  repository.Write("file", "second\n");
  repository.Commit();
  EXPECT_TRUE(Make(first).empty());
  EXPECT_EQ(ReadFile(tree / "file"), "first\n");
  EXPECT_EQ(InTree({"rev-parse", "HEAD"}), first);
  EXPECT_EQ(InTree({"status", "--porcelain"}), "");
}

TEST_F(SourceTrees, ChangeNothingInTheRepository) {
  const std::string commit = repository.Commit();
  repository.Write("dirty", "x");
  const auto before = Fingerprint(repository);
  Make(commit);
  EXPECT_EQ(Fingerprint(repository), before);
}

TEST_F(SourceTrees, LetABuildDescribeItsVersion) {
  const std::string commit = repository.Commit();
  repository.Git({"tag", "v1.2"});
  repository.Git({"tag", "-a", "v1.3", "-m", "annotated"});
  Make(commit);
  EXPECT_EQ(InTree({"describe"}), "v1.3");
  EXPECT_EQ(InTree({"tag"}), "v1.2\nv1.3");
}

TEST_F(SourceTrees, RunNoHookOfTheUserNorOfTheirTemplates) {
  const fs::path canary = sandbox / "canary";
  const std::string script = "#!/bin/sh\ntouch " + canary.string() + "\n";
  for (const fs::path& hooks :
       {repository.root() / ".git/hooks", sandbox / "template/hooks"}) {
    WriteFile(hooks / "post-checkout", script);
    fs::permissions(hooks / "post-checkout", fs::perms::owner_all);
  }
  const std::string commit = repository.Commit();
  repository.Git(
      {"config", "--global", "init.templateDir", sandbox / "template"});
  repository.Git({"config", "--global", "core.hooksPath",
                  repository.root() / ".git/hooks"});
  fs::remove(canary);
  Make(commit);
  EXPECT_FALSE(fs::exists(canary));
}

TEST_F(SourceTrees, ConvertFilesAsTheUsersOwnSettingsDo) {
  repository.Write(".gitattributes", "*.txt filter=upper eol=crlf\n");
  repository.Write("a.txt", "text\n");
  const std::string commit = repository.Commit();
  repository.Git({"config", "filter.upper.smudge", "tr a-z A-Z"});
  Make(commit);
  EXPECT_EQ(ReadFile(tree / "a.txt"), "TEXT\r\n");
}

TEST_F(SourceTrees, WriteWhatTheUsersSparsePatternsLetThrough) {
  repository.Write("in/file", "in");
  repository.Write("out/file", "out");
  const std::string commit = repository.Commit();
  repository.Git({"sparse-checkout", "set", "in"});
  Make(commit);
  EXPECT_TRUE(fs::exists(tree / "in/file"));
  EXPECT_FALSE(fs::exists(tree / "out"));
}

TEST_F(SourceTrees, WorkFromAShallowClone) {
  repository.Write("file", "old\n");
  repository.Commit();
  repository.Write("file", "new\n");
  const std::string tip = repository.Commit();
  repository.Git({"clone", "--quiet", "--depth=1",
                  "file://" + repository.root().string(), sandbox / "clone"});
  WriteSourceTree(FindRepository(sandbox / "clone"), tip, tree, {});
  EXPECT_EQ(ReadFile(tree / "file"), "new\n");
  EXPECT_EQ(InTree({"log", "--format=%H"}), tip);
}

TEST_F(SourceTrees, SaySoWhenLfsFilesAreOnlyPointers) {
  repository.Write(".gitattributes", "*.bin filter=lfs\n");
  repository.Write("a.bin", "version https://git-lfs.github.com/spec/v1\n");
  const auto notes = Make(repository.Commit());
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("1 Git LFS files are pointers"), std::string::npos);
}

class Submodules : public SourceTrees {
 protected:
  Submodules() {
    library.Write("code", "one\n");
    library.Commit();
    repository.Git({"submodule", "--quiet", "add", library.root(), "lib"});
    with_one = repository.Commit();
  }

  TestRepository library{sandbox / "library"};
  std::string with_one;
};

TEST_F(Submodules, AreThoseOfTheCommitNotOfTheWorkTree) {
  TestRepository inner(repository.root() / "lib");
  inner.Write("code", "two\n");
  inner.Commit();
  const std::string with_two = repository.Commit();
  EXPECT_TRUE(Make(with_one).empty());
  EXPECT_EQ(ReadFile(tree / "lib/code"), "one\n");
  fs::remove_all(tree);
  Make(with_two);
  EXPECT_EQ(ReadFile(tree / "lib/code"), "two\n");
}

TEST_F(Submodules, ThatAreNotCheckedOutStayEmptyAndAreNoted) {
  repository.Git({"submodule", "--quiet", "deinit", "--force", "lib"});
  const auto notes = Make(with_one);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("git submodule update --init"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(tree / "lib"));
}

TEST_F(Submodules, WithoutTheirCommitAreAnErrorWithTheCommandThatFetchesIt) {
  library.Write("code", "two\n");
  const std::string two = library.Commit();
  repository.Git({"update-index", "--cacheinfo", "160000," + two + ",lib"});
  repository.Git({"commit", "--quiet", "-m", "not fetched"});
  try {
    Make(repository.Git({"rev-parse", "HEAD"}));
    FAIL() << "wrote it";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kCannotMeasure);
    EXPECT_EQ(error.hint(), "git -C lib fetch origin " + two);
  }
}

}  // namespace
}  // namespace opstat::checkout
