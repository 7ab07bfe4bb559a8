#include "opstat/measure/child.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "opstat/benchfmt/error.h"

namespace opstat::measure {
namespace {

ChildResult Shell(const std::string& script, ChildOptions options = {}) {
  options.argv = {"sh", "-c", script};
  return RunChild(options);
}

TEST(Child, KeepsOutputErrorAndExitCodeApart) {
  const ChildResult result = Shell("echo out; echo err >&2; exit 3");
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_FALSE(result.Succeeded());
  EXPECT_EQ(result.Describe(), "exit code 3");
}

TEST(Child, ArgumentsPassThroughNoShell) {
  const ChildResult result =
      RunChild({.argv = {"printf", "%s|", "a b", "$(id)", "`id`", ";", ""}});
  EXPECT_EQ(result.out, "a b|$(id)|`id`|;||");
}

TEST(Child, NamesTheSignalThatEndedIt) {
  const ChildResult result = Shell("kill -SEGV $$");
  EXPECT_EQ(result.signal, SIGSEGV);
  EXPECT_NE(result.Describe().find("signal 11"), std::string::npos);
}

TEST(Child, AProgramThatIsNotThereIsAnErrorWithItsName) {
  try {
    RunChild({.argv = {"/no/such/program"}});
    FAIL() << "started it";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kCannotMeasure);
    EXPECT_NE(std::string(error.what()).find("/no/such/program"),
              std::string::npos);
  }
}

TEST(Child, TimeLimitEndsTheWholeGroup) {
  const ChildResult result = Shell("trap '' TERM; sleep 1000 & echo $!; wait",
                                   {.argv = {}, .time_limit = 1});
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.Describe(), "time limit reached");
  const pid_t grandchild = std::stoi(result.out);
  // Killed, but its new parent may not have reaped it yet: gone or a zombie.
  for (int i = 0; i < 100 && kill(grandchild, 0) == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  const std::string state =
      Shell("cat /proc/" + std::to_string(grandchild) + "/stat 2>/dev/null")
          .out;
  EXPECT_TRUE(state.empty() || state.find(") Z ") != std::string::npos)
      << state;
}

TEST(Child, ADaemonHoldingThePipesDoesNotHoldUs) {
  const ChildResult result =
      Shell("sleep 1000 & echo done", {.argv = {}, .time_limit = 100});
  EXPECT_EQ(result.out, "done\n");
  EXPECT_FALSE(result.timed_out);
}

TEST(Child, OutputBeyondTheLimitIsDroppedNotStored) {
  const ChildResult result =
      Shell("yes | head -c 5000000", {.argv = {}, .output_limit = 1000});
  EXPECT_EQ(result.out.size(), 1000U);
  EXPECT_EQ(result.exit_code, 0);
}

TEST(Child, SecretsStayOutOfItsEnvironment) {
  setenv("OPSTAT_PROBE_TOKEN", "hunter2", 1);
  setenv("OPSTAT_PROBE_PLAIN", "kept", 1);
  const ChildResult result = RunChild({.argv = {"env"}});
  EXPECT_EQ(result.out.find("hunter2"), std::string::npos);
  EXPECT_NE(result.out.find("OPSTAT_PROBE_PLAIN=kept"), std::string::npos);
}

TEST(Child, OwnVariablesReplaceInheritedOnesAndPassEvenWhenSecret) {
  setenv("OPSTAT_PROBE_PLAIN", "inherited", 1);
  setenv("OPSTAT_PROBE_TOKEN", "hunter2", 1);
  const ChildResult result =
      RunChild({.argv = {"env"},
                .environment = {{"OPSTAT_PROBE_PLAIN", "first"},
                                {"OPSTAT_PROBE_PLAIN", "own"},
                                {"OPSTAT_PROBE_TOKEN", "asked for"}}});
  EXPECT_NE(result.out.find("OPSTAT_PROBE_PLAIN=own\n"), std::string::npos);
  EXPECT_NE(result.out.find("OPSTAT_PROBE_TOKEN=asked for\n"),
            std::string::npos);
  EXPECT_EQ(result.out.find("inherited"), std::string::npos);
}

TEST(Child, WorksInTheFolderItIsGiven) {
  EXPECT_EQ(RunChild({.argv = {"pwd"}, .directory = "/usr"}).out, "/usr\n");
  EXPECT_THROW(RunChild({.argv = {"pwd"}, .directory = "/no/such"}), Error);
}

TEST(Child, ALogGetsBothStreamsInTheOrderWritten) {
  std::string log = testing::TempDir() + "/opstat-log-XXXXXX";
  close(mkstemp(log.data()));
  const ChildResult result =
      Shell("echo 1; echo 2 >&2; echo 3", {.argv = {}, .log = log});
  std::ifstream file(log);
  EXPECT_EQ(std::string(std::istreambuf_iterator(file), {}), "1\n2\n3\n");
  EXPECT_EQ(result.out + result.err, "");
  unlink(log.c_str());
}

TEST(Child, DropsWhatAimsGitAtAnotherRepository) {
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
                           "GIT_CONFIG_PARAMETERS", "GIT_EXTERNAL_DIFF"})
    EXPECT_TRUE(DropsFromEnvironment(name)) << name;
  for (const char* name : {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT"})
    EXPECT_FALSE(DropsFromEnvironment(name)) << name;
}

TEST(Child, DropsWhatLooksLikeACredential) {
  for (const char* name : {"GITHUB_TOKEN", "CI_JOB_TOKEN", "AWS_ACCESS_KEY_ID",
                           "DEPLOY_KEY", "NPM_SECRET", "DB_PASSWORD",
                           "OPSTAT_DB", "ACTIONS_RUNTIME_URL", "SSH_AUTH_SOCK"})
    EXPECT_TRUE(DropsFromEnvironment(name)) << name;
  for (const char* name : {"PATH", "HOME", "KEYBOARD", "LD_LIBRARY_PATH"})
    EXPECT_FALSE(DropsFromEnvironment(name)) << name;
}

TEST(Child, RunsOnTheCpuItIsPinnedTo) {
  const int cpu = AllowedCpus().back();
  const ChildResult result = Shell("grep Cpus_allowed_list /proc/self/status",
                                   {.argv = {}, .cpus = {cpu}});
  EXPECT_EQ(result.out, "Cpus_allowed_list:\t" + std::to_string(cpu) + "\n");
}

TEST(Child, InterruptEndsItAndThrows) {
  std::thread interrupt([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    InterruptFlag() = true;
  });
  EXPECT_THROW(Shell("sleep 1000"), Interrupted);
  interrupt.join();
  InterruptFlag() = false;
}

}  // namespace
}  // namespace opstat::measure
