#include "opstat/checkout/revisions.h"

#include <gtest/gtest.h>

#include <fstream>

#include "opstat/benchfmt/error.h"
#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

// main: a - b; topic (checked out): a - t
class Refs : public testing::Test {
 protected:
  Refs() {
    a = repository.Commit("a");
    b = repository.Commit("b");
    repository.Git({"checkout", "--quiet", "-b", "topic", a});
    t = repository.Commit("t");
  }

  Revisions Of(const std::vector<std::string>& words,
               const std::string& default_branch = "") const {
    return Resolve(FindRepository(repository.root()), words, default_branch);
  }
  std::string Hint(const std::vector<std::string>& words) const {
    try {
      Of(words);
    } catch (const Error& error) {
      EXPECT_EQ(error.failure(), Failure::kUsage);
      return error.hint();
    }
    ADD_FAILURE() << "resolved";
    return "";
  }

  Sandbox sandbox;
  TestRepository repository{sandbox / "repository"};
  std::string a, b, t;
};

TEST_F(Refs, TwoNamesAndTwoDotsMeanTheTips) {
  for (const auto& words :
       {std::vector<std::string>{"main", "topic"}, {"main..topic"}}) {
    const Revisions sides = Of(words);
    EXPECT_EQ(sides.base.commit, b);
    EXPECT_EQ(sides.head.commit, t);
    EXPECT_FALSE(sides.head.work_tree);
  }
}

TEST_F(Refs, ThreeDotsMeanTheMergeBase) {
  EXPECT_EQ(Of({"main...topic"}).base.commit, a);
  EXPECT_EQ(Of({"main...topic"}).head.commit, t);
}

TEST_F(Refs, KnowTheirBranch) {
  repository.Git({"update-ref", "refs/remotes/origin/a/b", b});
  EXPECT_EQ(Of({"main", "topic"}).base.branch, "main");
  EXPECT_EQ(Of({"main", "HEAD"}).head.branch, "topic");
  EXPECT_EQ(Of({"main"}).head.branch, "topic");
  EXPECT_EQ(Of({"main...topic"}).base.branch, "main");
  EXPECT_EQ(Of({}).base.branch, "main");
  EXPECT_EQ(Of({"origin/a/b", a}).base.branch, "a/b");
  EXPECT_EQ(Of({"origin/a/b", a}).head.branch, "");
  repository.Git({"checkout", "--quiet", "--detach"});
  EXPECT_EQ(Of({"main"}).head.branch, "");
}

TEST_F(Refs, AnEmptyEndIsHead) {
  EXPECT_EQ(Of({"main.."}).head.commit, t);
  EXPECT_EQ(Of({"..main"}).base.commit, t);
  EXPECT_FALSE(Of({"main.."}).head.work_tree);
}

TEST_F(Refs, OneNameIsComparedWithTheWorkTree) {
  EXPECT_EQ(Of({"main"}).base.commit, b);
  EXPECT_TRUE(Of({"main"}).head.work_tree);
}

TEST_F(Refs, NoNameMeansMergeBaseAgainstTheWorkTree) {
  const Revisions sides = Of({});
  EXPECT_EQ(sides.base.commit, a);
  EXPECT_EQ(sides.base.label, "merge base with main");
  EXPECT_TRUE(sides.head.work_tree);
}

TEST_F(Refs, TheDefaultBranchIsOriginsThenMainThenMasterThenConfigured) {
  repository.Git({"branch", "trunk", t});
  repository.Git({"update-ref", "refs/remotes/origin/dev", t});
  repository.Git(
      {"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/dev"});
  EXPECT_EQ(Of({}, "trunk").base.label, "merge base with origin/dev");
  repository.Git({"symbolic-ref", "--delete", "refs/remotes/origin/HEAD"});
  EXPECT_EQ(Of({}, "trunk").base.label, "merge base with main");
  repository.Git({"branch", "--move", "main", "master"});
  EXPECT_EQ(Of({}, "trunk").base.label, "merge base with master");
  repository.Git({"branch", "--move", "master", "other"});
  EXPECT_EQ(Of({}, "trunk").base.label, "merge base with trunk");
  EXPECT_NE(Hint({}).find("default_branch"), std::string::npos);
}

TEST_F(Refs, ADashInFrontIsRefusedWithTheNameThatWorks) {
  repository.Git({"update-ref", "refs/heads/-rf", t});
  EXPECT_NE(Hint({"-rf"}).find("refs/heads/-rf"), std::string::npos);
  EXPECT_EQ(Of({"refs/heads/-rf", "main"}).base.commit, t);
}

TEST_F(Refs, HostileNamesResolveToTheirCommitOrAreRefused) {
  std::ifstream names(OPSTAT_TESTDATA "/checkout/branch_names.txt");
  int resolved = 0;
  for (std::string name; std::getline(names, name);) {
    const fs::path ref = "refs/heads/" + name;
    try {
      Git(repository.root()).Run({"update-ref", ref, a});
    } catch (const Error&) {
      EXPECT_THROW(Of({name, "main"}), Error) << name;
      continue;
    }
    EXPECT_EQ(Of({ref, "main"}).base.commit, a) << name;
    ++resolved;
    // Short: git's own rules say who wins, a branch or HEAD, or a hash.
    if (name.starts_with('-')) {
      EXPECT_THROW(Of({name, "main"}), Error) << name;
    } else if (name != "HEAD" && !name.starts_with("deadbeef") &&
               name != "refs/heads/main") {
      EXPECT_EQ(Of({name, "main"}).base.commit, a) << name;
    }
  }
  EXPECT_EQ(resolved, 19);
  EXPECT_FALSE(fs::exists(repository.root() / "pwned"));
}

TEST_F(Refs, ADetachedHeadIsFine) {
  repository.Git({"checkout", "--quiet", "--detach", t});
  EXPECT_EQ(Of({}).base.commit, a);
}

TEST_F(Refs, ABareRepositoryComparesItsHead) {
  repository.Git({"clone", "--quiet", "--bare", ".", sandbox / "bare"});
  const Revisions sides =
      Resolve(FindRepository(sandbox / "bare"), {"main"}, "");
  EXPECT_EQ(sides.base.commit, b);
  EXPECT_EQ(sides.head.commit, t);
  EXPECT_FALSE(sides.head.work_tree);
}

TEST_F(Refs, AShallowCloneSaysWhatToFetch) {
  const std::string url = "file://" + repository.root().string();
  repository.Git({"clone", "--quiet", "--depth=1", "--no-single-branch", url,
                  sandbox / "shallow"});
  try {
    Resolve(FindRepository(sandbox / "shallow"), {"origin/main...HEAD"}, "");
    FAIL() << "found a merge base";
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("git fetch --unshallow"), std::string::npos);
  }
}

TEST_F(Refs, AFileIsNoCommitAndWhatReadsItIsNamed) {
  const std::string file = sandbox / "old.json";
  std::ofstream{file} << "{}";
  EXPECT_NE(Hint({file}).find("opstat stat OLD NEW"), std::string::npos);
  EXPECT_NE(Hint({file}).find("--base-cmd OLD"), std::string::npos);
}

TEST_F(Refs, ARepositoryWithoutACommitIsToldApart) {
  const TestRepository empty{sandbox / "empty"};
  for (const auto& words : {std::vector<std::string>{}, {"HEAD", "HEAD"}}) try {
      Resolve(FindRepository(empty.root()), words, "");
      FAIL() << "found a commit";
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), "this repository has no commit yet");
    }
}

TEST_F(Refs, OutsideARepositoryTheOtherFormIsNamed) {
  fs::create_directories(sandbox / "plain");
  try {
    FindRepository(sandbox / "plain");
    FAIL() << "found one";
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("--base-cmd"), std::string::npos);
    EXPECT_EQ(error.what(), "'" + (sandbox / "plain").string() +
                                "' is not in a git checkout");
  }
}

}  // namespace
}  // namespace opstat::checkout
