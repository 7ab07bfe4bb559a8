#include "opstat/cli/doctor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "opstat/measure/counting.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

using Facts = std::map<std::string, std::string>;
using State = Check::State;

Check Named(const std::vector<Check>& checks, const std::string& name) {
  const auto found = std::ranges::find(checks, name, &Check::name);
  EXPECT_NE(found, checks.end()) << name;
  return found == checks.end() ? Check{} : *found;
}

struct Case {
  const char* check;
  Facts facts;
  State state;
  const char* fix;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.check; }
class DoctorJudges : public testing::TestWithParam<Case> {};

TEST_P(DoctorJudges, TheMachineAndSaysWhatToType) {
  const Check check = Named(MachineChecks(GetParam().facts), GetParam().check);
  EXPECT_EQ(check.state, GetParam().state) << check.found;
  EXPECT_TRUE(Contains(check.fix, GetParam().fix)) << check.fix;
}

INSTANTIATE_TEST_SUITE_P(
    Facts, DoctorJudges,
    testing::Values(
        Case{"governor", {{"host.governor", "performance"}}, State::kOk, ""},
        Case{"governor",
             {{"host.governor", "powersave"}},
             State::kWarn,
             "cpupower frequency-set -g performance"},
        Case{"turbo", {{"host.turbo", "on"}}, State::kWarn, "no_turbo"},
        Case{"turbo", {{"host.turbo", "off"}}, State::kOk, ""},
        Case{"SMT", {{"host.smt", "on"}}, State::kWarn, "smt/control"},
        Case{"SMT", {{"host.smt", "notsupported"}}, State::kOk, ""},
        Case{"ASLR", {{"host.aslr", "2"}}, State::kOk, ""},
        Case{"ASLR",
             {{"host.aslr", "0"}},
             State::kWarn,
             "kernel.randomize_va_space=2"},
        Case{"load",
             {{"host.cpus", "2"}, {"noise.load", "0.9"}},
             State::kOk,
             ""},
        Case{"load",
             {{"host.cpus", "2"}, {"noise.load", "1.7"}},
             State::kWarn,
             "top"},
        Case{"load",
             {{"host.cpus", "1"}, {"noise.load", "0.2"}},
             State::kOk,
             ""},
        Case{"memory pressure",
             {{"noise.memory_pressure", "0.0"}},
             State::kOk,
             ""},
        Case{"memory pressure",
             {{"noise.memory_pressure", "7.5"}},
             State::kWarn,
             "free -h"},
        Case{"perf_event_paranoid",
             {{"perf.paranoid", "3"}, {"perf.counters", "Permission denied"}},
             State::kWarn,
             "kernel.perf_event_paranoid=2"},
        Case{"perf_event_paranoid",
             {{"perf.paranoid", "3"}, {"perf.counters", "yes"}},
             State::kOk,
             ""},
        Case{"perf_event_paranoid",
             {{"perf.paranoid", "2"}, {"perf.counters", "no such counter"}},
             State::kOk,
             ""}));

TEST(Doctor, WhatAMachineDoesNotTellIsNoWarning) {
  for (const Check& check : MachineChecks({}))
    EXPECT_EQ(check.state, State::kOk) << check.name;
}

TEST(Doctor, EveryWarningSaysWhatToType) {
  std::vector<Check> checks = MachineChecks({{"host.governor", "powersave"},
                                             {"host.turbo", "on"},
                                             {"host.smt", "on"},
                                             {"host.aslr", "0"},
                                             {"host.cpus", "1"},
                                             {"noise.load", "9"},
                                             {"noise.memory_pressure", "9"},
                                             {"perf.paranoid", "4"}});
  setenv("OPSTAT_PYTHON", "/no/such/python", 1);
  setenv("CXX", "/no/such/compiler", 1);
  for (const Check& check : ToolChecks()) checks.push_back(check);
  unsetenv("OPSTAT_PYTHON");
  unsetenv("CXX");
  // Sanitizer builds come without the shim.
  EXPECT_EQ(std::ranges::count(checks, State::kWarn, &Check::state),
            measure::FindShim().empty() ? 11 : 10);
  for (const Check& check : checks)
    EXPECT_EQ(check.fix.empty(), check.state == State::kOk) << check.name;
}

TEST(Doctor, TriesThePythonsThatAReportTries) {
  const TemporaryFolder folder;
  const std::string fake = folder.Write("python3", "#!/bin/sh\necho fine\n");
  std::filesystem::permissions(fake, std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  setenv(
      "PATH",
      (std::filesystem::path(fake).parent_path().string() + ':' + path).c_str(),
      1);
  const Check python = Named(ToolChecks(), "Python");
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(python.state, State::kOk) << python.found;
}

TEST(Doctor, WarningsAreNoFailure) {
  const TemporaryFolder folder;
  setenv("CXX", "/no/such/compiler", 1);
  const Outcome outcome = Opstat({"doctor", "--db", folder / "none.db"});
  unsetenv("CXX");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(Contains(outcome.out, "warn  compiler")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "fix: sudo apt-get install g++"));
  EXPECT_TRUE(folder.Files().empty());
}

TEST(Doctor, AHistoryThatCannotBeReadIsBrokenAndTheCodeIs4) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("history.db", "no database at all");
  const Outcome outcome = Opstat({"doctor", "--json", "--db", file});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(outcome.out.starts_with(R"({"schema":"opstat.doctor/1")"));
  EXPECT_TRUE(Contains(outcome.out, R"("name":"history","state":"broken")"));
  EXPECT_TRUE(outcome.out.ends_with("\"exit_code\":4}\n")) << outcome.out;
}

TEST(Doctor, ABrokenConfigurationIsFoundAndPlaced) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("opstat.toml", "rounds = ");
  setenv("OPSTAT_CONFIG", file.c_str(), 1);
  const Outcome outcome = Opstat({"doctor"});
  unsetenv("OPSTAT_CONFIG");
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(Contains(outcome.out, "broken  opstat.toml")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "opstat.toml:1:")) << outcome.out;
}

}  // namespace
}  // namespace opstat::cli
