#include "opstat/checkout/sides.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

#include "opstat/benchfmt/error.h"
#include "opstat/checkout/same_code.h"
#include "opstat/measure/child.h"
#include "tests/checkout/support.h"

namespace opstat::checkout {
namespace {

namespace fs = std::filesystem;

class Sides : public testing::Test {
 protected:
  Sides() {
    repository.Write("program", "old\n");
    old_commit = repository.Commit();
    repository.Git({"checkout", "--quiet", "-b", "topic"});
    repository.Write("program", "new\n");
    new_commit = repository.Commit();
  }

  Request Ask(std::vector<std::string> revisions) const {
    return CopyingRequest(sandbox, repository, std::move(revisions));
  }
  PreparedSides Make(const Request& request) {
    return Prepare(request, [this](const std::string& step) {
      builds += step.starts_with("building") ? 1 : 0;
    });
  }
  std::string ErrorOf(const Request& request) {
    try {
      Make(request);
    } catch (const Error& error) {
      EXPECT_EQ(error.failure(), Failure::kCannotMeasure);
      return std::string(error.what()) + '\n' + error.hint();
    }
    ADD_FAILURE() << "no error";
    return "";
  }
  std::size_t CachedEntries() const {
    std::size_t entries = 0;
    for (const auto& item : fs::directory_iterator(sandbox / "cache"))
      entries += fs::exists(item.path() / "owner") ? 1 : 0;
    return entries;
  }

  Sandbox sandbox;
  TestRepository repository{sandbox / "repository"};
  std::string old_commit, new_commit;
  int builds = 0;
};

TEST_F(Sides, AreBuiltFromTheirCommits) {
  const PreparedSides sides = Make(Ask({"main", "topic"}));
  EXPECT_EQ(sides.base.commit, old_commit);
  EXPECT_EQ(sides.head.commit, new_commit);
  EXPECT_EQ(ReadFile(sides.base.argv[0]), "old\n");
  EXPECT_EQ(ReadFile(sides.head.argv[0]), "new\n");
}

TEST_F(Sides, SayOfWhichCommitAndBranchTheyAre) {
  const auto time = [&](const std::string& commit) {
    return repository.Git({"show", "-s", "--format=%cI", commit});
  };
  using Facts = std::map<std::string, std::string>;
  repository.Write("program", "uncommitted\n");
  const PreparedSides sides = Make(Ask({old_commit}));
  EXPECT_EQ(sides.base.facts, (Facts{{"commit.dirty", "false"},
                                     {"commit.time", time(old_commit)}}));
  EXPECT_EQ(sides.head.facts, (Facts{{"commit.branch", "topic"},
                                     {"commit.dirty", "true"},
                                     {"commit.time", time(new_commit)}}));
}

TEST_F(Sides, LieAtPathsOfEqualLength) {
  const PreparedSides sides = Make(Ask({"main", "topic"}));
  EXPECT_EQ(sides.base.source.string().size(),
            sides.head.source.string().size());
  EXPECT_EQ(sides.base.argv[0].size(), sides.head.argv[0].size());
  EXPECT_NE(sides.base.argv[0], sides.head.argv[0]);
}

TEST_F(Sides, BareMeanMergeBaseAgainstUncommittedWork) {
  repository.Write("program", "uncommitted\n");
  const PreparedSides sides = Make(Ask({}));
  EXPECT_EQ(ReadFile(sides.base.argv[0]), "old\n");
  EXPECT_EQ(ReadFile(sides.head.argv[0]), "uncommitted\n");
  EXPECT_EQ(sides.head.label, "work tree");
}

TEST_F(Sides, LeaveTheRepositoryAsItWas) {
  repository.Write("program", "uncommitted\n");
  repository.Write("untracked", "x");
  repository.Git({"stash", "push", "--quiet", "--include-untracked"});
  repository.Write("program", "uncommitted again\n");
  const auto before = Fingerprint(repository);
  const std::string objects = repository.Git({"count-objects", "-v"});
  { const PreparedSides sides = Make(Ask({})); }
  EXPECT_EQ(Fingerprint(repository), before);
  EXPECT_EQ(repository.Git({"count-objects", "-v"}), objects);
}

TEST_F(Sides, AreBuiltOnceForSeveralCompares) {
  repository.Write("program", "uncommitted\n");
  { const PreparedSides sides = Make(Ask({"main"})); }
  EXPECT_EQ(builds, 2);
  const PreparedSides sides = Make(Ask({"main"}));
  EXPECT_EQ(builds, 2);
  EXPECT_EQ(ReadFile(sides.head.argv[0]), "uncommitted\n");
}

TEST_F(Sides, AreBuiltAnewForAnotherCommandOrEnvironment) {
  { const PreparedSides sides = Make(Ask({"main", "topic"})); }
  Request request = Ask({"main", "topic"});
  request.base.command += " ";
  request.head.environment = {{"CXXFLAGS", "-O3"}};
  { const PreparedSides sides = Make(request); }
  EXPECT_EQ(builds, 4);
}

TEST_F(Sides, OfOneCommitAreTwoBuilds) {
  const PreparedSides sides = Make(Ask({"HEAD", "HEAD"}));
  EXPECT_EQ(sides.base.commit, sides.head.commit);
  EXPECT_NE(sides.base.build, sides.head.build);
}

TEST_F(Sides, TakeTheirOwnCommandAndEnvironment) {
  Request request = Ask({"main", "topic"});
  request.base.command = "echo $MARK >{build}/program";
  request.base.environment = {{"MARK", "of base"}};
  const PreparedSides sides = Make(request);
  EXPECT_EQ(ReadFile(sides.base.argv[0]), "of base\n");
  EXPECT_EQ(sides.base.environment, request.base.environment);
  EXPECT_TRUE(sides.head.environment.empty());
}

TEST_F(Sides, FillPlaceholdersInTheProgram) {
  Request request = Ask({"main", "topic"});
  request.program = "{build}/program --data '{source}/two words' $HOME";
  const PreparedSides sides = Make(request);
  EXPECT_EQ(sides.base.argv,
            (std::vector<std::string>{sides.base.build / "program", "--data",
                                      sides.base.source.string() + "/two words",
                                      "$HOME"}));
}

TEST_F(Sides, TakeARelativeProgramFromTheSource) {
  Request request = Ask({"main", "topic"});
  request.program = "./program";
  EXPECT_EQ(Make(request).head.argv[0].find(sandbox / "cache"), 0U);
}

TEST_F(Sides, ThatDoNotBuildShowTheLogAndWhereItIs) {
  Request request = Ask({"main", "topic"});
  request.head.command = "echo compiling; echo 'x.cc:1: error' >&2; exit 7";
  const std::string error = ErrorOf(request);
  EXPECT_NE(error.find("head, topic"), std::string::npos) << error;
  EXPECT_NE(error.find("exit code 7"), std::string::npos) << error;
  EXPECT_NE(error.find("compiling\nx.cc:1: error"), std::string::npos);
  const std::string log = error.substr(error.find("log: ") + 5);
  EXPECT_EQ(ReadFile(log), "compiling\nx.cc:1: error\n");
  EXPECT_EQ(CachedEntries(), 1U);  // the base's
}

TEST_F(Sides, WhoseBuildMakesNoProgramSaySo) {
  Request request = Ask({"main", "topic"});
  request.head.command = "true";
  EXPECT_NE(ErrorOf(request).find("made no"), std::string::npos);
}

TEST_F(Sides, KeepTokensFromTheBuild) {
  setenv("OPSTAT_PROBE_TOKEN", "hunter2", 1);
  Request request = Ask({"main", "topic"});
  request.head.command = "env >{build}/program";
  const PreparedSides sides = Make(request);
  EXPECT_EQ(ReadFile(sides.head.argv[0]).find("hunter2"), std::string::npos);
}

TEST_F(Sides, IgnoreTheRepositoryThatAHookAimsGitAt) {
  const TestRepository other(sandbox / "other");
  setenv("GIT_DIR", (other.root() / ".git").c_str(), 1);
  setenv("GIT_INDEX_FILE", (other.root() / ".git/index").c_str(), 1);
  Request request = Ask({"main", "topic"});
  request.head.command = "git rev-parse HEAD >{build}/program";
  const PreparedSides sides = Make(request);
  unsetenv("GIT_DIR");
  unsetenv("GIT_INDEX_FILE");
  EXPECT_EQ(ReadFile(sides.head.argv[0]), new_commit + '\n');
}

TEST_F(Sides, OfHostileBranchesRunNothing) {
  std::ifstream names(OPSTAT_TESTDATA "/checkout/branch_names.txt");
  int compared = 0;
  for (std::string name; std::getline(names, name);) {
    const std::string ref = "refs/heads/" + name;
    if (!Git(repository.root()).Try({"update-ref", ref, "HEAD"})) continue;
    const PreparedSides sides = Make(Ask({"main", ref}));
    EXPECT_EQ(sides.head.commit, new_commit) << name;
    ++compared;
  }
  EXPECT_EQ(compared, 19);
  for (const auto& item : fs::recursive_directory_iterator(sandbox / ""))
    EXPECT_NE(item.path().filename(), "pwned") << item.path();
}

TEST_F(Sides, InterruptedWhileBuildingLeaveNothing) {
  Request request = Ask({"main", "topic"});
  request.base.command = "kill -INT $PPID; sleep 1000";
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int) { measure::InterruptFlag() = true; };
  sigaction(SIGINT, &action, &before);
  EXPECT_THROW(Make(request), measure::Interrupted);
  measure::InterruptFlag() = false;
  sigaction(SIGINT, &before, nullptr);
  EXPECT_EQ(CachedEntries(), 0U);
}

TEST_F(Sides, OfABareRepositoryAreBuiltToo) {
  repository.Git({"clone", "--quiet", "--bare", ".", sandbox / "bare"});
  Request request = Ask({"main"});
  request.folder = sandbox / "bare";
  EXPECT_EQ(ReadFile(Make(request).head.argv[0]), "new\n");
}

TEST_F(Sides, OfALinkedWorktreeAreThatWorktrees) {
  repository.Git({"worktree", "add", "--quiet", sandbox / "linked", "main"});
  WriteFile(sandbox / "linked/program", "in the linked one\n");
  const auto before = Fingerprint(repository);
  Request request = Ask({"HEAD"});
  request.folder = sandbox / "linked";
  const PreparedSides sides = Make(request);
  EXPECT_EQ(ReadFile(sides.base.argv[0]), "old\n");
  EXPECT_EQ(ReadFile(sides.head.argv[0]), "in the linked one\n");
  EXPECT_EQ(Fingerprint(repository), before);
}

TEST_F(Sides, WithoutASubmoduleAreNotedAndNotKept) {
  const TestRepository library(sandbox / "library");
  library.Commit();
  repository.Git({"submodule", "--quiet", "add", library.root(), "lib"});
  repository.Commit();
  repository.Git({"submodule", "--quiet", "deinit", "--force", "lib"});
  {
    const PreparedSides sides = Make(Ask({"main", "HEAD"}));
    ASSERT_EQ(sides.notes.size(), 1U);
    EXPECT_EQ(sides.notes[0].find("head: submodule 'lib'"), 0U);
    EXPECT_EQ(CachedEntries(), 2U);
  }
  EXPECT_EQ(CachedEntries(), 1U);
}

TEST_F(Sides, OfACMakeProjectNeedNoConfiguration) {
  repository.Write(
      "CMakeLists.txt",
      "cmake_minimum_required(VERSION 3.25)\n"
      "project(p LANGUAGES CXX)\nfind_package(benchmark REQUIRED)\n"
      "add_library(sum SHARED sum.cc)\n"
      "add_executable(sum_bench bench.cc)\n"
      "target_link_libraries(sum_bench sum benchmark::benchmark)\n");
  repository.Write("sum.cc", "int Sum(int a) { return a + 1; }\n");
  repository.Write("bench.cc",
                   "#include <cassert>\n#include <benchmark/benchmark.h>\n"
                   "int Sum(int);\n"
                   "static void Add(benchmark::State& state) {\n"
                   "  for (auto _ : state) benchmark::DoNotOptimize(Sum(1));\n"
                   "  state.SetLabel(__FILE__);\n}\n"
                   "BENCHMARK(Add);\nBENCHMARK_MAIN();\n");
  repository.Commit();
  repository.Write("program", "not part of the build\n");
  Request request = Ask({"HEAD"});
  request.base.command = request.head.command = request.program = "";
  PreparedSides sides = Make(request);
  EXPECT_EQ(sides.head.argv[0], sides.head.build / "sum_bench");
  const SameCodeAnswer same = SameCode(sides.base, sides.head);
  EXPECT_TRUE(same.same) << same.reason;
  EXPECT_NE(same.reason.find("1 libraries"), std::string::npos) << same.reason;
}

TEST_F(Sides, WithNoProgramToFindAskForOne) {
  Request request = Ask({"main", "topic"});
  request.program = "";
  EXPECT_THROW(Make(request), Error);
}

TEST_F(Sides, PlannedAreNeitherBuiltNorKept) {
  repository.Write("program", "uncommitted\n");
  const Plan plan = MakePlan(Ask({"main"}));
  EXPECT_EQ(plan.base.revision.commit, old_commit);
  EXPECT_TRUE(plan.head.changed);
  EXPECT_FALSE(plan.base.cached);
  EXPECT_EQ(plan.head.build, "cp program {build}/program");
  EXPECT_EQ(CachedEntries(), 0U);
  { const PreparedSides sides = Make(Ask({"main"})); }
  EXPECT_TRUE(MakePlan(Ask({"main"})).head.cached);
}

}  // namespace
}  // namespace opstat::checkout
