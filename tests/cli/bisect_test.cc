// `opstat bisect` on generated repositories, from the command line to the
// culprit. The program is a script that reads its numbers from a file that was
// committed beside it.
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "opstat/measure/child.h"
#include "tests/checkout/support.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = R"(#!/bin/sh
for argument in "$@"; do
  case $argument in
  --benchmark_list_tests*) echo Sort/8; exit 0 ;;
  --benchmark_out=*) out=${argument#*=} ;;
  esac
done
read -r allocs ns <"$(dirname "$0")/numbers"
row='{"name":"Sort/8","run_type":"iteration","iterations":10'
time=$ns.$(($$ % 10))
printf '{"context":{},"benchmarks":[%s,"real_time":%s,"cpu_time":%s,
  "time_unit":"ns","allocs/op":%s,"B/op":%s}]}' "$row" "$time" "$time" \
  "$allocs" $((allocs * 8)) >"$out"
)";

class Bisect : public testing::Test {
 protected:
  Bisect() {
    setenv("XDG_CACHE_HOME", (sandbox_ / "cache").c_str(), 1);
    repository_.Write("bench.sh", kProgram);
    fs::permissions(repository_.root() / "bench.sh", fs::perms::owner_all);
    fs::current_path(repository_.root());
  }
  ~Bisect() override { fs::current_path("/"); }

  std::string Commit(int number, int allocs, int ns = 100) {
    repository_.Write("numbers",
                      std::to_string(allocs) + ' ' + std::to_string(ns) + '\n');
    repository_.Write("number", std::to_string(number));
    return repository_.Commit("change " + std::to_string(number));
  }
  // `build` fails for it.
  void CommitBroken(int number) {
    repository_.Write("broken", "");
    repository_.Write("number", std::to_string(number));
    repository_.Commit("break " + std::to_string(number));
    fs::remove(repository_.root() / "broken");
  }

  Outcome Run(std::vector<std::string> words) const {
    words.insert(words.begin(), {"bisect", "Sort/8"});
    words.insert(words.end(),
                 {"--build", "test ! -e broken && cp bench.sh numbers {build}",
                  "--program", "{build}/bench.sh", "--alloc", "off"});
    return Opstat(words);
  }
  static rapidjson::Document Json(const Outcome& outcome) {
    rapidjson::Document document;
    document.Parse(outcome.out.c_str());
    EXPECT_TRUE(document.IsObject()) << outcome.out << outcome.err;
    return document;
  }
  checkout::Sandbox sandbox_;
  checkout::TestRepository repository_{sandbox_ / "repository"};
};

TEST_F(Bisect, NamesTheOneOf64CommitsThatAllocatesMore) {
  const std::string good = Commit(0, 3);
  std::string culprit;
  for (int i = 1; i <= 64; ++i) {
    const std::string commit = Commit(i, i < 41 ? 3 : 5);
    if (i == 41) culprit = commit;
  }
  const auto before = Fingerprint(repository_);
  const Outcome outcome = Run({good, "main", "--unit", "allocs/op"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "culprit  " + culprit)) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "author   Tester <tester@example.com>"));
  EXPECT_TRUE(Contains(outcome.out, "subject  change 41"));
  EXPECT_TRUE(Contains(outcome.out, "allocs/op 3 -> 5 (exact), n=2 each"));
  EXPECT_TRUE(Contains(outcome.out, "64 commits, 6 of them tried"));
  EXPECT_EQ(Fingerprint(repository_), before);
}

TEST_F(Bisect, GoesAroundCommitsThatDoNotBuildAndSaysSo) {
  Commit(0, 3);
  for (int i = 1; i <= 16; ++i)
    if (i == 8 || i == 9)
      CommitBroken(i);
    else
      Commit(i, i < 12 ? 3 : 5);
  const Outcome outcome =
      Run({"HEAD~16", "HEAD", "--unit", "allocs/op", "--json"});
  const auto json = Json(outcome);
  EXPECT_STREQ(json["outcome"].GetString(), "found");
  EXPECT_STREQ(json["culprit"]["subject"].GetString(), "change 12");
  EXPECT_STREQ(json["steps"][0]["place"].GetString(), "skipped");
  const std::string why = json["steps"][0]["why"].GetString();
  EXPECT_TRUE(Contains(why, "cannot build")) << why;
  const std::string log = why.substr(why.find("the whole log: ") + 15);
  EXPECT_TRUE(fs::exists(log)) << log;
}

TEST_F(Bisect, ACulpritThatDoesNotBuildIsUndecidedBetweenItsNeighbours) {
  const std::string before = Commit(0, 3);
  CommitBroken(1);
  const std::string after = Commit(2, 5);
  const Outcome outcome =
      Run({"HEAD~2", "HEAD", "--unit", "allocs/op", "--exit-code"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_TRUE(Contains(
      outcome.out,
      "undecided between " + before.substr(0, 10) + ".." + after.substr(0, 10)))
      << outcome.out;
}

TEST_F(Bisect, EqualEndsAreSaidAndEndIt) {
  Commit(0, 3);
  Commit(1, 4);
  Commit(2, 3);
  const Outcome outcome = Run({"HEAD~2", "HEAD", "--unit", "allocs/op"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(Contains(outcome.out, "no difference between the ends"));
  EXPECT_EQ(Run({"HEAD~2", "HEAD", "--unit", "allocs/op", "--exit-code"}).code,
            3);
}

TEST_F(Bisect, NamesASlowerCommitWithItsEffectAndInterval) {
  Commit(0, 3);
  for (int i = 1; i <= 8; ++i) Commit(i, i < 3 ? 3 : 4, i < 6 ? 100 : 120);
  const Outcome outcome =
      Run({"HEAD~8", "HEAD", "--rounds", "6", "--seed", "1", "--json"});
  const auto json = Json(outcome);
  EXPECT_STREQ(json["unit"].GetString(), "cpu-sec/op");
  EXPECT_STREQ(json["culprit"]["subject"].GetString(), "change 6");
  const auto& effect = json["culprit"]["effect"];
  EXPECT_EQ(effect["n"].GetInt(), 24);
  EXPECT_GT(effect["low"].GetDouble(), 1.18);
  EXPECT_LT(effect["high"].GetDouble(), 1.22);
  EXPECT_STREQ(json["exact_units"][1].GetString(), "allocs/op");
}

TEST_F(Bisect, AnExactSearchNamesTheOtherExactUnitsThatDiffer) {
  Commit(0, 3);
  Commit(1, 5);
  const auto json =
      Json(Run({"HEAD~1", "HEAD", "--unit", "allocs/op", "--json"}));
  ASSERT_EQ(json["exact_units"].Size(), 1U);
  EXPECT_STREQ(json["exact_units"][0].GetString(), "B/op");
}

TEST_F(Bisect, OneCommitIsNoPluralAndAllocationsAreFewer) {
  Commit(0, 5, 100);
  Commit(1, 3, 100);
  const Outcome outcome = Run({"HEAD~1", "HEAD", "--unit", "allocs/op"});
  EXPECT_TRUE(Contains(outcome.err, "1 commit along")) << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "1 commit, 0 of them")) << outcome.out;
}

TEST_F(Bisect, WalksFirstParentsAndSaysHowToSearchAMerge) {
  Commit(0, 3);
  repository_.Git({"checkout", "--quiet", "-b", "topic"});
  Commit(1, 5);
  Commit(2, 5);
  repository_.Git({"checkout", "--quiet", "main"});
  repository_.Git(
      {"merge", "--quiet", "--no-ff", "-m", "merge topic", "topic"});
  Commit(3, 5);
  const Outcome outcome = Run({"HEAD~2", "HEAD", "--unit", "allocs/op"});
  EXPECT_TRUE(Contains(outcome.out, "subject  merge topic")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "2 commits, 1 of them tried"));
  EXPECT_TRUE(Contains(outcome.out, "$(git merge-base "));
}

TEST_F(Bisect, AGoodCommitOnAMergedBranchIsFollowedByItsMerge) {
  Commit(0, 3);
  repository_.Git({"checkout", "--quiet", "-b", "topic"});
  repository_.Write("topic", "");
  repository_.Commit();
  repository_.Git({"checkout", "--quiet", "main"});
  Commit(1, 3);
  repository_.Git({"merge", "--quiet", "--no-ff", "-m", "merge", "topic"});
  Commit(2, 5);
  const auto json =
      Json(Run({"topic", "HEAD", "--unit", "allocs/op", "--json"}));
  EXPECT_EQ(json["commits"].GetInt(), 2);
  EXPECT_STREQ(json["culprit"]["subject"].GetString(), "change 2");
}

TEST_F(Bisect, RefusesWhatIsNoLineOfCommits) {
  Commit(0, 3);
  Commit(1, 3);
  const Outcome turned = Run({"HEAD", "HEAD~1"});
  EXPECT_EQ(turned.code, 2);
  EXPECT_TRUE(Contains(turned.err, "GOOD and BAD are the wrong way round"));
  EXPECT_TRUE(Contains(turned.err, "opstat bisect BENCHMARK HEAD~1 HEAD"))
      << turned.err;
  repository_.Git({"checkout", "--quiet", "-b", "topic", "HEAD~1"});
  Commit(2, 3);
  const Outcome apart = Run({"topic", "main"});
  EXPECT_EQ(apart.code, 2);
  EXPECT_TRUE(Contains(apart.err, "is not an ancestor of"));
  EXPECT_EQ(Run({"HEAD", "HEAD"}).code, 2);
  EXPECT_EQ(Run({"HEAD"}).code, 2);
  EXPECT_EQ(Run({"-rf", "HEAD"}).code, 2);
}

TEST_F(Bisect, InterruptedLeavesOnlyFinishedBuilds) {
  Commit(0, 3);
  Commit(1, 3);
  Commit(2, 5);
  const auto before = Fingerprint(repository_);
  struct sigaction action {};
  struct sigaction old {};
  action.sa_handler = [](int) { measure::InterruptFlag() = true; };
  sigaction(SIGINT, &action, &old);
  const std::string build =
      "grep -q 1 number && kill -INT $PPID && sleep 1000; "
      "cp bench.sh numbers {build}";
  const Outcome outcome = Opstat(
      {"bisect", "Sort/8", "HEAD~2", "HEAD", "--unit", "allocs/op", "--build",
       build, "--program", "{build}/bench.sh", "--alloc", "off"});
  measure::InterruptFlag() = false;
  sigaction(SIGINT, &old, nullptr);
  EXPECT_EQ(outcome.code, 130);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(Fingerprint(repository_), before);
  for (const auto& item : fs::directory_iterator(sandbox_ / "cache/opstat"))
    EXPECT_TRUE(!item.is_directory() || item.path().filename() == "logs" ||
                fs::exists(item.path() / "finished"))
        << item.path();
}

TEST_F(Bisect, EndsThatCannotBeBuiltOrMeasuredEndIt) {
  Commit(0, 3);
  CommitBroken(1);
  EXPECT_EQ(Run({"HEAD~1", "HEAD", "--unit", "allocs/op"}).code, 4);
  Commit(2, 3);
  const Outcome unit = Run({"HEAD~2", "HEAD", "--unit", "frees/op"});
  EXPECT_EQ(unit.code, 4);
  EXPECT_TRUE(Contains(unit.err, "measured are")) << unit.err;
  EXPECT_EQ(
      Opstat({"bisect", "Nothing", "HEAD~2", "HEAD", "--build",
              "cp bench.sh numbers {build}", "--program", "{build}/bench.sh"})
          .code,
      4);
}

}  // namespace
}  // namespace opstat::cli
