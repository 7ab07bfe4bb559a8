#include "opstat/cli/spool.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

SessionHeader Header(const std::string& id) {
  return {.id = id,
          .time = "2026-11-23T10:20:30Z",
          .seed = 0xfedcba9876543210,
          .words = {"--base-cmd", "./a 'b c'"},
          .sides = {{.label = "base",
                     .source = "/s",
                     .build = "/b",
                     .argv = {"./a", "b c\n"},
                     .environment = {{"K", "a=b"}, {"E", ""}}},
                    {.label = "head",
                     .commit = "c0ffee",
                     .facts = {{"commit.branch", "topic"}},
                     .source = {},
                     .build = {},
                     .argv = {"./a"}}},
          .programs = {"11", "22"}};
}

measure::Finished Sample(int place, double value) {
  benchfmt::Run run;
  run.facts = {{"isa", "avx2"}};
  benchfmt::Benchmark& benchmark =
      run.benchmarks.emplace_back(benchfmt::Benchmark{"B<\"x\">", {}});
  benchmark.Add(benchfmt::kWallTime).values = {value};
  benchmark.Add("allocs/op").values = {benchfmt::kUnmeasured};
  benchmark.Add(benchfmt::kPlace).values = {static_cast<double>(place)};
  return {place, "B<\"x\">", run, ""};
}

void Write(const std::string& folder, const std::string& id) {
  Spool spool(folder, Header(id));
  spool.Begin({SpooledStage::Kind::kScreen, {.rounds = 10}});
  spool.Keep(Sample(3, 0.1));
  spool.Keep({4, "C", {}, "crashed\nhere"});
}

TEST(Spool, GivesBackWhatItWasGiven) {
  const TemporaryFolder folder;
  Write(folder / "s", "aa");
  Spool spool(folder / "s", "", false);
  const SessionHeader want = Header("aa");
  EXPECT_EQ(spool.header().id, want.id);
  EXPECT_EQ(spool.header().seed, want.seed);
  EXPECT_EQ(spool.header().words, want.words);
  EXPECT_EQ(spool.header().programs, want.programs);
  ASSERT_EQ(spool.header().sides.size(), 2U);
  EXPECT_EQ(spool.header().sides[0].argv, want.sides[0].argv);
  EXPECT_EQ(spool.header().sides[0].environment, want.sides[0].environment);
  EXPECT_EQ(spool.header().sides[1].commit, "c0ffee");
  EXPECT_EQ(spool.header().sides[1].facts, want.sides[1].facts);
  ASSERT_EQ(spool.stages().size(), 1U);
  EXPECT_EQ(spool.stages()[0].stage.rounds, 10);

  const auto finished = spool.TakeFinished();
  ASSERT_EQ(finished.size(), 2U);
  EXPECT_EQ(finished[0].place, 3);
  EXPECT_EQ(finished[0].benchmark, "B<\"x\">");
  EXPECT_EQ(finished[0].sample.Fact("isa"), "avx2");
  EXPECT_EQ(finished[0].sample.benchmarks[0].Find("sec/op")->values[0], 0.1);
  EXPECT_EQ(finished[1].place, 4);
  EXPECT_EQ(finished[1].failure, "crashed\nhere");
}

TEST(Spool, HalfALineDoesNotCountAndIsWrittenOver) {
  const TemporaryFolder folder;
  Write(folder / "s", "aa");
  std::ofstream(folder / "s/aa.session", std::ios::app) << "S {\"context\": {";
  {
    Spool spool(folder / "s", "", false);
    EXPECT_EQ(spool.TakeFinished().size(), 2U);
    spool.Keep(Sample(5, 0.2));
  }
  EXPECT_EQ(Spool(folder / "s", "a", false).TakeFinished().size(), 3U);
}

TEST(Spool, AStageThatTimeEndedHasTheRoundsItGot) {
  const TemporaryFolder folder;
  Write(folder / "s", "aa");
  Spool(folder / "s", "", false).EndedAfter(6);
  EXPECT_EQ(Spool(folder / "s", "", false).stages()[0].stage.rounds, 6);
}

TEST(Spool, OneProcessAtATimeHoldsIt) {
  const TemporaryFolder folder;
  Write(folder / "s", "aa");
  const Spool first(folder / "s", "", false);
  EXPECT_THROW(Spool(folder / "s", "", false), Error);
}

TEST(Spool, DoneAndInterruptedSessionsAreToldApart) {
  const TemporaryFolder folder;
  Write(folder / "s", "aa");
  EXPECT_THROW(Spool(folder / "s", "", true), Error);
  Spool(folder / "s", "", false).Done("1234");
  EXPECT_THROW(Spool(folder / "s", "", false), Error);
  EXPECT_EQ(Spool(folder / "s", "", true).header().id, "aa");
}

TEST(Spool, ASessionWithoutASampleLeavesNothing) {
  const TemporaryFolder folder;
  { const Spool spool(folder / "s", Header("aa")); }
  EXPECT_THROW(Spool(folder / "s", "aa", false), Error);
}

// A disk that takes so many bytes of a file and no more.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : before_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit full{bytes, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit limit_{};
  void (*before_)(int);
};

std::string Complaint(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kBadData);
    return fmt::format("{} | {}", error.what(), error.hint());
  }
  return "";
}

TEST(Spool, AFullDiskLeavesNoSessionThatNeverBegan) {
  const TemporaryFolder folder;
  std::string said;
  {
    const FullDisk disk(10);
    said = Complaint([&] { Spool(folder / "s", Header("aa")); });
  }
  EXPECT_NE(said.find("cannot write the session: File too large | is the disk "
                      "full"),
            std::string::npos)
      << said;
  EXPECT_TRUE(std::filesystem::is_empty(folder / "s"));
}

TEST(Spool, AFullDiskKeepsTheSamplesBeforeItAndSaysHowToGoOn) {
  const TemporaryFolder folder;
  Write(folder / "s", "aa");
  const auto size = std::filesystem::file_size(folder / "s/aa.session");
  std::string said;
  {
    Spool spool(folder / "s", "aa", false);
    const FullDisk disk(size + 10);
    said = Complaint([&] { spool.Keep(Sample(5, 0.2)); });
  }
  EXPECT_TRUE(said.ends_with("then go on with --resume aa")) << said;
  EXPECT_EQ(Spool(folder / "s", "aa", false).TakeFinished().size(), 2U);
}

TEST(Spool, TheNewestTenDoneSessionsAreKeptAndAllInterruptedOnes) {
  const TemporaryFolder folder;
  Write(folder / "s", "interrupted");
  for (int i = 0; i < 12; ++i) {
    Write(folder / "s", "done" + std::to_string(i));
    Spool(folder / "s", "done" + std::to_string(i), false).Done("1");
  }
  EXPECT_EQ(Spool(folder / "s", "", false).header().id, "interrupted");
  EXPECT_THROW(Spool(folder / "s", "done0", true), Error);
  EXPECT_EQ(Spool(folder / "s", "", true).header().id, "done11");
}

}  // namespace
}  // namespace opstat::cli
