#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/checkout/support.h"
#include "tests/cli/support.h"

// `opstat gate` of two revisions: whose policy counts, and what no baseline is.
namespace opstat::cli {
namespace {

namespace fs = std::filesystem;
using checkout::ReadFile;
using Words = std::vector<std::string>;

class GateRevisions : public testing::Test {
 protected:
  GateRevisions() {
    setenv("XDG_CACHE_HOME", (sandbox_ / "cache").c_str(), 1);
    unsetenv("OPSTAT_CONFIG");
    unsetenv("GITHUB_ACTIONS");
    repository_.Write("bench.sh", ReadFile(OPSTAT_FAKE_BENCH));
    fs::permissions(repository_.root() / "bench.sh", fs::perms::owner_all);
    Mode("times-100");
    repository_.Commit();
    fs::current_path(repository_.root());
  }
  ~GateRevisions() override {
    fs::current_path("/");
    setenv("OPSTAT_CONFIG", "", 1);
  }

  // How the program of this commit behaves.
  void Mode(const std::string& mode) {
    repository_.Write("run.sh", "#!/bin/sh\nexec \"$(dirname \"$0\")\"/bench " +
                                    mode + " \"$@\"\n");
    fs::permissions(repository_.root() / "run.sh", fs::perms::owner_all);
  }
  static constexpr const char* kBuild =
      "cp bench.sh {build}/bench && cp run.sh {build}/run";

  Outcome Gate(Words words, const std::string& build = kBuild) const {
    words.insert(words.begin(), "gate");
    words.insert(words.end(),
                 {"--build", build, "--program", "{build}/run", "--rounds", "4",
                  "--seed", "7", "--db", sandbox_ / "history.db"});
    return Opstat(words);
  }

  checkout::Sandbox sandbox_;
  checkout::TestRepository repository_{sandbox_ / "repository"};
};

constexpr const char* kGenerous =
    "[[rule]]\nunit = \"time\"\nthreshold = \"+90%\"\n";

TEST_F(GateRevisions, ThePolicyIsTheBases) {
  Mode("times-110");
  repository_.Write("opstat.toml", kGenerous);
  repository_.Commit();
  const Outcome own = Gate({"HEAD~1", "HEAD"});
  EXPECT_EQ(own.code, 1) << own.out << own.err;
  EXPECT_TRUE(Contains(own.err, "policy: the defaults: the base, "));
  EXPECT_TRUE(Contains(own.err, "this checkout's opstat.toml differs"));
  EXPECT_EQ(Gate({"HEAD~1", "HEAD", "--policy", "opstat.toml"}).code, 0);
}

TEST_F(GateRevisions, ThatTheBaseHasCountsWhateverTheChangeSays) {
  repository_.Write("opstat.toml", kGenerous);
  repository_.Commit();
  Mode("times-110");
  repository_.Write("opstat.toml", "[gate]\nfilter = \"None\"\n");
  repository_.Commit();
  const Outcome outcome = Gate({"HEAD~1", "HEAD"});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_TRUE(Contains(outcome.err, "policy: opstat.toml of the base, "));
  EXPECT_TRUE(Contains(outcome.out, "allowed"));
}

TEST_F(GateRevisions, AMistakeInThePolicyIsKnownBeforeABuild) {
  repository_.Write("opstat.toml", "[[rule]]\nrole = \"x\"\n");
  const std::string base = repository_.Commit();
  repository_.Write("opstat.toml", "");
  repository_.Commit();
  const Outcome outcome = Gate({"HEAD~1", "HEAD"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(
      Contains(outcome.err, "opstat.toml@" + base.substr(0, 10) + ":2:8: role"))
      << outcome.err;
  EXPECT_FALSE(Contains(outcome.err, "building"));
}

TEST_F(GateRevisions, ABaseThatDoesNotBuildIsNoBaseline) {
  repository_.Write("made", "");
  repository_.Commit();
  const std::string build = std::string("test -e made && ") + kBuild;
  EXPECT_EQ(Gate({"HEAD~1", "HEAD"}, build).code, 4);
  const Outcome outcome =
      Gate({"HEAD~1", "HEAD", "--allow-no-baseline"}, build);
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "gate no baseline"));
  EXPECT_TRUE(Contains(outcome.err, "measured against itself"));
}

TEST_F(GateRevisions, AHeadThatDoesNotBuildIsNeverGreen) {
  const Outcome outcome =
      Gate({"HEAD", "HEAD", "--allow-no-baseline"}, "exit 1");
  EXPECT_EQ(outcome.code, 4);
}

TEST_F(GateRevisions, AFirstCommitIsNoBaseline) {
  EXPECT_EQ(Gate({"HEAD^", "HEAD"}).code, 2);
  EXPECT_EQ(Gate({"HEAD^", "HEAD", "--allow-no-baseline"}).code, 0);
}

}  // namespace
}  // namespace opstat::cli
