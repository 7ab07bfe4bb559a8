#include "opstat/measure/session.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "opstat/measure/child.h"

namespace opstat::measure {
namespace {

SessionOptions Options(const std::string& mode) {
  SessionOptions options;
  const double limit = mode.starts_with("hangs") ? 2 : 60;
  options.program = {.argv = {OPSTAT_FAKE_BENCH, mode}, .time_limit = limit};
  options.rounds = 4;
  options.seed = 11;
  return options;
}

SessionResult MeasureQuietly(const SessionOptions& options) {
  return Measure(options, [](const Progress&) {});
}

TEST(Session, GivesOneSampleAProcessAndRoundWithoutTheWarmUp) {
  const SessionResult result = MeasureQuietly(Options("fine"));
  ASSERT_EQ(result.run.benchmarks.size(), 3U);
  EXPECT_TRUE(result.run.process_samples);
  EXPECT_TRUE(result.failures.empty());
  for (const auto& benchmark : result.run.benchmarks)
    for (const auto& [unit, values] : benchmark.measurements) {
      EXPECT_EQ(values.size(), 4U) << unit;
      for (double value : values) EXPECT_FALSE(std::isnan(value)) << unit;
    }
}

TEST(Session, RunsTheScheduleItReports) {
  const auto log = std::filesystem::temp_directory_path() /
                   ("opstat-order-" + std::to_string(getpid()));
  SessionOptions options = Options("names-order");
  options.program.argv.push_back(log.string());
  const SessionResult result = MeasureQuietly(options);

  std::vector<std::string> want;
  auto rounds = result.run.schedule;
  rounds.insert(rounds.begin(), rounds.front());  // the warm-up
  for (const auto& round : rounds)
    for (int index : round)
      want.push_back(
          result.run.benchmarks[static_cast<std::size_t>(index)].name);
  std::vector<std::string> got;
  std::ifstream lines(log);
  for (std::string line; std::getline(lines, line);) got.push_back(line);
  std::filesystem::remove(log);
  EXPECT_EQ(got, want);
}

TEST(Session, SameSeedSameOrder) {
  EXPECT_EQ(MeasureQuietly(Options("fine")).run.schedule,
            MeasureQuietly(Options("fine")).run.schedule);
}

TEST(Session, ACrashingBenchmarkIsNamedOnceAndTheOthersGoOn) {
  const SessionResult result = MeasureQuietly(Options("crashes-on-64"));
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_NE(result.failures[0].find("Sort/64"), std::string::npos);
  ASSERT_EQ(result.run.benchmarks.size(), 2U);
  EXPECT_EQ(result.run.Find("Sort/64"), nullptr);
  EXPECT_EQ(result.run.Find("Sort/8")->Samples(), 4U);
}

TEST(Session, AHangingBenchmarkCostsOneTimeLimit) {
  const SessionResult result = MeasureQuietly(Options("hangs-on-64"));
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_NE(result.failures[0].find("time limit"), std::string::npos);
}

TEST(Session, AnInterruptKeepsTheSamplesFinishedByThen) {
  const SessionResult result = Measure(Options("fine"), [](const Progress& p) {
    if (p.round == 3) InterruptFlag() = true;
  });
  EXPECT_TRUE(result.interrupted);
  EXPECT_FALSE(InterruptFlag());
  ASSERT_EQ(result.run.benchmarks.size(), 3U);
  for (const auto& benchmark : result.run.benchmarks)
    EXPECT_EQ(benchmark.Samples(), 2U);
}

TEST(Session, ABenchmarkCalledOnceIsCalledAgainSoThatWarmUpDoesNotCount) {
  const SessionResult result = MeasureQuietly(Options("is-slow"));
  EXPECT_EQ(result.run.Find("Sort/64")->Find("allocs/op")->values,
            (std::vector<double>{3, 3, 3, 3}));
}

TEST(Session, TellsHowFarItIsBeforeEachProcess) {
  std::vector<Progress> told;
  Measure(Options("fine"), [&](const Progress& p) { told.push_back(p); });
  ASSERT_EQ(told.size(), 15U);
  EXPECT_EQ(told.front().round, 0);
  EXPECT_EQ(told.front().total, 15);
  EXPECT_EQ(told.back().done, 14);
  EXPECT_EQ(told.back().round, 4);
}

TEST(Session, RecordsHostProgramAndHowItMeasured) {
  const benchfmt::Run run = MeasureQuietly(Options("fine")).run;
  EXPECT_FALSE(run.Fact("host.name").empty());
  EXPECT_FALSE(run.Fact("host.kernel").empty());
  EXPECT_NE(run.Fact("program").find("fake_bench"), std::string::npos);
  EXPECT_EQ(run.Fact("measure.min_time"), "0.1");
  EXPECT_EQ(run.id.size(), 32U);
  EXPECT_EQ(run.seed, 11U);
}

TEST(PlannedSeconds, GrowsWithProcessesAndTime) {
  EXPECT_NEAR(PlannedSeconds(100, 0.1), 26, 1);
}

}  // namespace
}  // namespace opstat::measure
