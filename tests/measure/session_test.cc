#include "opstat/measure/session.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "opstat/benchfmt/error.h"
#include "opstat/measure/child.h"

namespace opstat::measure {
namespace {

SessionOptions Options(const std::string& mode) {
  SessionOptions options;
  options.sides = {{.label = "fake",
                    .source = {},
                    .build = {},
                    .argv = {OPSTAT_FAKE_BENCH, mode}}};
  options.time_limit = mode.starts_with("hangs") ? 2 : 60;
  options.seed = 11;
  return options;
}

void Ignore(const Progress& /*progress*/) {}

struct Outcome {
  StageEnd end;
  benchfmt::Run run;
  std::vector<std::string> failures;
};

// Four rounds of one side.
Outcome MeasureFour(const SessionOptions& options,
                    const ProgressSink& tell = Ignore) {
  Session session(options, tell);
  const StageEnd end = session.Measure({.rounds = 4});
  return {end, session.Runs().front(), session.failures()};
}

TEST(Session, GivesOneSampleAProcessAndRoundWithoutTheWarmUp) {
  const Outcome result = MeasureFour(Options("fine"));
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
  options.sides[0].argv.push_back(log.string());
  const Outcome result = MeasureFour(options);

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
  EXPECT_EQ(MeasureFour(Options("fine")).run.schedule,
            MeasureFour(Options("fine")).run.schedule);
}

TEST(Session, ACrashingBenchmarkIsNamedOnceAndTheOthersGoOn) {
  const Outcome result = MeasureFour(Options("crashes-on-64"));
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_NE(result.failures[0].find("Sort/64"), std::string::npos);
  ASSERT_EQ(result.run.benchmarks.size(), 2U);
  EXPECT_EQ(result.run.Find("Sort/64"), nullptr);
  EXPECT_EQ(result.run.Find("Sort/8")->Samples(), 4U);
}

TEST(Session, AHangingBenchmarkCostsOneTimeLimit) {
  const Outcome result = MeasureFour(Options("hangs-on-64"));
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_NE(result.failures[0].find("time limit"), std::string::npos);
}

TEST(Session, AnInterruptKeepsTheSamplesFinishedByThen) {
  const Outcome result = MeasureFour(Options("fine"), [](const Progress& p) {
    if (p.round == 3) InterruptFlag() = true;
  });
  EXPECT_EQ(result.end, StageEnd::kInterrupted);
  EXPECT_FALSE(InterruptFlag());
  ASSERT_EQ(result.run.benchmarks.size(), 3U);
  for (const auto& benchmark : result.run.benchmarks)
    EXPECT_EQ(benchmark.Samples(), 2U);
}

TEST(Session, ABenchmarkCalledOnceIsCalledAgainSoThatWarmUpDoesNotCount) {
  const Outcome result = MeasureFour(Options("is-slow"));
  EXPECT_EQ(result.run.Find("Sort/64")->Find("allocs/op")->values,
            (std::vector<double>{3, 3, 3, 3}));
}

TEST(Session, TellsHowFarItIsBeforeEachProcess) {
  std::vector<Progress> told;
  MeasureFour(Options("fine"), [&](const Progress& p) { told.push_back(p); });
  ASSERT_EQ(told.size(), 15U);
  EXPECT_EQ(told.front().round, 0);
  EXPECT_EQ(told.front().total, 15);
  EXPECT_EQ(told.back().done, 14);
  EXPECT_EQ(told.back().round, 4);
}

TEST(Session, RecordsHostProgramAndHowItMeasured) {
  const benchfmt::Run run = MeasureFour(Options("fine")).run;
  EXPECT_FALSE(run.Fact("host.name").empty());
  EXPECT_FALSE(run.Fact("host.kernel").empty());
  EXPECT_NE(run.Fact("program").find("fake_bench"), std::string::npos);
  EXPECT_EQ(run.Fact("measure.min_time"), "0.1");
  EXPECT_EQ(run.id.size(), 32U);
  EXPECT_EQ(run.seed, 11U);
}

// Two sides of one program; SIDE tells it which it is.
SessionOptions Pair(const std::string& base, const std::string& head) {
  SessionOptions options = Options(base);
  options.sides.push_back(options.sides.front());
  options.sides[1].argv[1] = head;
  options.sides[0].environment = {{"SIDE", " A"}};
  options.sides[1].environment = {{"SIDE", " B"}};
  return options;
}

std::vector<double> Places(const benchfmt::Run& run, const std::string& name) {
  return run.Find(name)->Find("place")->values;
}

TEST(PairedSession, AlternatesAndSaysInEachSampleWhichCameFirst) {
  const auto log = std::filesystem::temp_directory_path() /
                   ("opstat-pairs-" + std::to_string(getpid()));
  SessionOptions options = Pair("names-order", "names-order");
  for (Side& side : options.sides) side.argv.push_back(log.string());
  Session session(options, Ignore);
  EXPECT_EQ(session.Processes({.rounds = 4}), 30);
  ASSERT_EQ(session.Measure({.rounds = 4}), StageEnd::kDone);
  const std::vector<benchfmt::Run> runs = session.Runs();
  ASSERT_EQ(runs.size(), 2U);

  std::vector<std::string> ran;
  std::ifstream lines(log);
  for (std::string line; std::getline(lines, line);) ran.push_back(line);
  std::filesystem::remove(log);
  ASSERT_EQ(ran.size(), 30U);
  for (const benchfmt::Run& run : runs)
    for (const benchfmt::Benchmark& benchmark : run.benchmarks) {
      const std::vector<double> places = Places(run, benchmark.name);
      ASSERT_EQ(places.size(), 4U);
      for (double place : places)
        EXPECT_EQ(ran[static_cast<std::size_t>(place)],
                  benchmark.name + ' ' + run.side);
    }
}

TEST(PairedSession, BlocksAreBalanced) {
  Session session(Pair("fine", "fine"), Ignore);
  session.Measure({.rounds = 4});
  const std::vector<benchfmt::Run> runs = session.Runs();
  for (const benchfmt::Benchmark& benchmark : runs[0].benchmarks) {
    const std::vector<double> a = Places(runs[0], benchmark.name);
    const std::vector<double> b = Places(runs[1], benchmark.name);
    EXPECT_EQ(a[0] + a[1], b[0] + b[1]);
    EXPECT_EQ(a[2] + a[3], b[2] + b[3]);
  }
}

TEST(PairedSession, SidesAreOfOneSessionAndDifferentRuns) {
  Session session(Pair("fine", "fine"), Ignore);
  session.Measure({.rounds = 2});
  const std::vector<benchfmt::Run> runs = session.Runs();
  EXPECT_EQ(runs[0].session, runs[1].session);
  EXPECT_NE(runs[0].id, runs[1].id);
  EXPECT_EQ(runs[0].side + runs[1].side, "AB");
}

TEST(PairedSession, ALaterStageMeasuresOnlyWhatItNames) {
  Session session(Pair("fine", "fine"), Ignore);
  session.Measure({.rounds = 2});
  session.Measure({.rounds = 4, .benchmarks = {"Sort/64"}});
  for (const benchfmt::Run& run : session.Runs()) {
    EXPECT_EQ(run.Find("Sort/64")->Samples(), 6U);
    EXPECT_EQ(run.Find("Sort/8")->Samples(), 2U);
    EXPECT_EQ(run.schedule.size(), 6U);
  }
}

TEST(PairedSession, ABenchmarkOfOneSideIsMeasuredOnThatSide) {
  Session session(Pair("fine", "lacks-64"), Ignore);
  EXPECT_EQ(session.benchmarks(),
            (std::vector<std::string>{"Sort/8", "Sort/64",
                                      "Conv<float>/k:3 (a+b)", "New/1"}));
  session.Measure({.rounds = 2});
  const std::vector<benchfmt::Run> runs = session.Runs();
  EXPECT_TRUE(session.failures().empty());
  EXPECT_EQ(runs[0].Find("Sort/64")->Samples(), 2U);
  EXPECT_EQ(runs[1].Find("Sort/64"), nullptr);
  EXPECT_EQ(runs[0].Find("New/1"), nullptr);
  EXPECT_EQ(runs[1].Find("New/1")->Samples(), 2U);
}

TEST(PairedSession, AFailureOnOneSideEndsTheBenchmarkOnBoth) {
  Session session(Pair("fine", "crashes-on-64"), Ignore);
  session.Measure({.rounds = 2});
  ASSERT_EQ(session.failures().size(), 1U);
  for (const benchfmt::Run& run : session.Runs())
    EXPECT_EQ(run.Find("Sort/64"), nullptr);
}

TEST(PairedSession, OutOfTimeItEndsAfterAWholeBlock) {
  Session session(Pair("fine", "fine"), Ignore);
  EXPECT_EQ(session.Measure({.rounds = 10, .seconds = 1e-9}),
            StageEnd::kOutOfTime);
  for (const benchfmt::Run& run : session.Runs())
    for (const benchfmt::Benchmark& benchmark : run.benchmarks)
      EXPECT_EQ(benchmark.Samples(), 2U);
}

// What a sitting gave that ended before its `last` process.
std::vector<Finished> FinishedBefore(SessionOptions options, int last) {
  std::vector<Finished> finished;
  Session session(
      std::move(options),
      [&](const Progress& p) { InterruptFlag() = p.done == last; },
      [&](const Finished& result) { finished.push_back(result); });
  EXPECT_EQ(session.Measure({.rounds = 4}), StageEnd::kInterrupted);
  return finished;
}

TEST(PairedSession, ResumesWhereItStoppedAndStaysBalanced) {
  SessionOptions options = Pair("fine", "fine");
  options.id = "0123";
  Session whole(options, Ignore);
  whole.Measure({.rounds = 4});
  for (const int last : {0, 3, 7, 13, 29}) {
    const std::vector<Finished> finished = FinishedBefore(options, last);
    EXPECT_EQ(static_cast<int>(finished.size()), std::max(0, last - 6));
    int started = 0;
    Session resumed(
        options, [&](const Progress& p) { started = p.total; }, {}, finished);
    ASSERT_EQ(resumed.Measure({.rounds = 4}), StageEnd::kDone);
    // A warm-up again, and what was missing.
    EXPECT_EQ(started, 30 - static_cast<int>(finished.size()));
    for (std::size_t side = 0; side < 2; ++side) {
      const benchfmt::Run run = resumed.Runs()[side];
      EXPECT_EQ(run.schedule, whole.Runs()[side].schedule);
      EXPECT_EQ(Places(run, "Sort/64"), Places(whole.Runs()[side], "Sort/64"));
    }
  }
}

TEST(PairedSession, AFinishedStageIsNotRunAgain) {
  std::vector<Finished> finished;
  SessionOptions options = Pair("fine", "crashes-on-64");
  Session first(options, Ignore,
                [&](const Finished& result) { finished.push_back(result); });
  first.Measure({.rounds = 2});
  int started = 0;
  Session again(
      options, [&](const Progress&) { ++started; }, {}, finished);
  EXPECT_EQ(again.Measure({.rounds = 2}), StageEnd::kDone);
  EXPECT_EQ(started, 0);
  EXPECT_EQ(again.failures(), first.failures());
}

TEST(PairedSession, RefusesSamplesOfAnotherSession) {
  SessionOptions options = Pair("fine", "fine");
  std::vector<Finished> finished = FinishedBefore(options, 29);
  options.seed = 12;
  Session session(options, Ignore, {}, finished);
  EXPECT_THROW(session.Measure({.rounds = 4}), Error);
}

TEST(PlannedSeconds, GrowsWithProcessesAndTime) {
  EXPECT_NEAR(PlannedSeconds(100, 0.1), 26, 1);
}

}  // namespace
}  // namespace opstat::measure
