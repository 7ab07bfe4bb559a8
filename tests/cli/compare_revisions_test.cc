#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "tests/checkout/support.h"
#include "tests/cli/support.h"

// `opstat compare` of two revisions, from the command line to the table.
namespace opstat::cli {
namespace {

namespace fs = std::filesystem;
using checkout::ReadFile;

class CompareRevisions : public testing::Test {
 protected:
  CompareRevisions() {
    setenv("XDG_CACHE_HOME", (sandbox_ / "cache").c_str(), 1);
    repository_.Write("bench.sh", ReadFile(OPSTAT_FAKE_BENCH));
    fs::permissions(repository_.root() / "bench.sh", fs::perms::owner_all);
    first_ = repository_.Commit();
    repository_.Write("other", "x");
    second_ = repository_.Commit();
    fs::current_path(repository_.root());
  }
  ~CompareRevisions() override { fs::current_path("/"); }

  Outcome Compare(std::vector<std::string> words) const {
    words.insert(words.begin(), "compare");
    words.insert(words.end(), {"--build", "cp bench.sh {build}/bench",
                               "--program", "{build}/bench fine", "--rounds",
                               "2", "--db", sandbox_ / "history.db"});
    return Opstat(words);
  }
  using Medians = std::map<std::string, std::vector<double>>;
  // By branch the allocs/op measured, of one benchmark.
  Medians Allocs() const {
    rapidjson::Document json;
    json.Parse(Opstat({"history", "Sort/8", "--unit", "allocs/op", "--json",
                       "--db", sandbox_ / "history.db"})
                   .out.c_str());
    Medians found;
    for (const auto& series : json["series"].GetArray()) {
      EXPECT_EQ(series["change_points"].Size(), 0u);
      for (const auto& point : series["points"].GetArray())
        found[series["branch"].GetString()].push_back(
            point["median"].GetDouble());
    }
    return found;
  }
  void AllocateOnce() const {
    std::string bench = ReadFile(OPSTAT_FAKE_BENCH);
    bench.replace(bench.rfind("row 3.0"), 7, "row 1.0");
    repository_.Write("bench.sh", bench);
  }
  checkout::Sandbox sandbox_;
  checkout::TestRepository repository_{sandbox_ / "repository"};
  std::string first_, second_;
};

TEST_F(CompareRevisions, BuildsBothAndKnowsTheirCommits) {
  const auto before = Fingerprint(repository_);
  const Outcome outcome = Compare({"HEAD~1", "HEAD", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(Contains(outcome.err, "building base, HEAD~1"));
  EXPECT_TRUE(Contains(outcome.out, first_));
  EXPECT_TRUE(Contains(outcome.out, second_));
  EXPECT_EQ(Fingerprint(repository_), before);
}

TEST_F(CompareRevisions, AHeadLeftOutIsTheWorkTreeUncommittedChangesIncluded) {
  repository_.Write("bench.sh", "exit 7\n");
  const Outcome outcome = Compare({"HEAD"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(Contains(outcome.err, "head, ")) << outcome.err;
}

TEST_F(CompareRevisions, ADryRunBuildsNothing) {
  const Outcome outcome = Compare({"HEAD~1..HEAD", "--dry-run"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "build  cp bench.sh")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "6 processes a benchmark"));
  EXPECT_FALSE(Contains(outcome.err, "building"));
}

TEST_F(CompareRevisions, ADryRunOfWhatIsBuiltSaysHowLongItTakes) {
  Compare({"HEAD~1", "HEAD"});
  const Outcome outcome = Compare({"HEAD~1", "HEAD", "--dry-run"});
  EXPECT_TRUE(Contains(outcome.out, "build  there already"));
  EXPECT_TRUE(Contains(outcome.out, "3 benchmarks, 2 rounds")) << outcome.out;
}

TEST_F(CompareRevisions, ADryRunOfOneCommitTwiceTakesOneBuildForOneSide) {
  Compare({"HEAD~1", "HEAD"});
  const Outcome outcome = Compare({"HEAD", "HEAD", "--dry-run"});
  EXPECT_TRUE(Contains(outcome.out, "build  there already")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "build  cp bench.sh"));
  EXPECT_FALSE(Contains(outcome.err, "building")) << outcome.err;
}

TEST_F(CompareRevisions, OneCommitTwiceIsThisMachinesNoise) {
  EXPECT_TRUE(
      Contains(Compare({"HEAD", "HEAD"}).err, "the same program twice"));
  EXPECT_FALSE(
      Contains(Compare({"HEAD~1", "HEAD"}).err, "the same program twice"));
}

TEST_F(CompareRevisions, AnotherBuildOfOneCommitIsAnotherProgram) {
  const Outcome outcome =
      Compare({"HEAD", "HEAD", "--head-build", "cp bench.sh {build}/bench "});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_FALSE(Contains(outcome.err, "the same program twice"));
}

TEST_F(CompareRevisions, AgainAndAgainAreNoChangesOfEitherBranch) {
  repository_.Git({"checkout", "--quiet", "-b", "topic"});
  AllocateOnce();
  repository_.Commit();
  for (int i = 0; i < 3; ++i) Compare({"main", "topic"});
  EXPECT_EQ(Allocs(), (Medians{{"main", {3, 3, 3}}, {"topic", {1, 1, 1}}}));
}

TEST_F(CompareRevisions, OfUncommittedWorkAgainAndAgainAreNoChanges) {
  AllocateOnce();
  for (int i = 0; i < 3; ++i) Compare({"HEAD"});
  EXPECT_EQ(Allocs(), (Medians{{"main", {1, 1, 1}}}));
}

TEST_F(CompareRevisions, RevisionsBesideProgramsAreRefused) {
  const Outcome outcome =
      Compare({"HEAD", "--base-cmd", "a", "--head-cmd", "b"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(Contains(outcome.err, "but not both"));
}

}  // namespace
}  // namespace opstat::cli
