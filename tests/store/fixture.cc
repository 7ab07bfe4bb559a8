#include "tests/store/fixture.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>

namespace opstat::store {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "store_test_XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::operator/(const std::string& name) const {
  return (path_ / name).string();
}

Summary Summarize(const benchfmt::Measurement& measurement) {
  Summary summary{.n = 0,
                  .median = std::numeric_limits<double>::quiet_NaN(),
                  .low = std::numeric_limits<double>::quiet_NaN(),
                  .high = std::numeric_limits<double>::quiet_NaN()};
  for (const double value : measurement.values) {
    if (std::isnan(value)) continue;
    if (summary.n++ == 0) summary.median = value;
  }
  return summary;
}

benchfmt::Run MakeRun(const std::string& id) {
  benchfmt::Run run;
  run.id = id;
  run.time = "2024-05-06T07:08:09+02:00";
  run.label = "main";
  run.process_samples = true;
  run.session = "session";
  run.side = "head";
  run.seed = std::numeric_limits<std::uint64_t>::max();
  run.schedule = {{0, 1}, {1, 0}, {}};
  run.facts = {{"host.name", "box"},
               {"program", "conv_bench"},
               {"commit.hash", "c0ffee"},
               {"build.compiler", "g++ 12"}};
  run.warnings = {"a row was refused"};
  for (const char* name : {"zeta", "alpha"}) {
    run.benchmarks.push_back({name,
                              {{"sec/op", {1e-9, 2e-9, 3e-9, 4e-9}},
                               {"B/op", {64, 64, 64, 64}},
                               {"allocs/op", {1, 1, 1, 1}}}});
  }
  return run;
}

void ExpectSame(const benchfmt::Run& expected, const benchfmt::Run& actual) {
  EXPECT_EQ(expected.id, actual.id);
  EXPECT_EQ(expected.time, actual.time);
  EXPECT_EQ(expected.label, actual.label);
  EXPECT_EQ(expected.process_samples, actual.process_samples);
  EXPECT_EQ(expected.session, actual.session);
  EXPECT_EQ(expected.side, actual.side);
  EXPECT_EQ(expected.seed, actual.seed);
  EXPECT_EQ(expected.schedule, actual.schedule);
  EXPECT_EQ(expected.facts, actual.facts);
  EXPECT_EQ(expected.warnings, actual.warnings);
  ASSERT_EQ(expected.benchmarks.size(), actual.benchmarks.size());
  for (std::size_t i = 0; i < expected.benchmarks.size(); ++i) {
    const auto& [name, measurements] = expected.benchmarks[i];
    EXPECT_EQ(name, actual.benchmarks[i].name);
    ASSERT_EQ(measurements.size(), actual.benchmarks[i].measurements.size());
    for (std::size_t j = 0; j < measurements.size(); ++j) {
      const auto& [unit, values] = measurements[j];
      const auto& found = actual.benchmarks[i].measurements[j];
      EXPECT_EQ(unit, found.unit);
      ASSERT_EQ(values.size(), found.values.size());
      if (values.empty()) continue;
      EXPECT_EQ(0, std::memcmp(values.data(), found.values.data(),
                               values.size() * sizeof(double)))
          << name << " " << unit;
    }
  }
}

Error ErrorOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(Failure::kBadData, error.failure());
    EXPECT_NE("", error.hint());
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return {Failure::kBadData, ""};
}

std::string Bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int Thorough(int few, int many) {
  return std::getenv("OPSTAT_THOROUGH") == nullptr ? few : many;
}

int Fork(const std::function<int()>& body) {
  const int pid = fork();
  if (pid != 0) return pid;
  int status = 99;
  try {
    status = body();
  } catch (const std::exception& error) {
    // What a test shows of a child is its exit code; this says why.
    std::fprintf(stderr, "%s\n", error.what());
  }
  _exit(status);
}

int Wait(int pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace opstat::store
