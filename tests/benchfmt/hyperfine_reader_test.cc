#include "opstat/benchfmt/unit.h"
#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

TEST(Hyperfine, EachTimeIsASampleOfItsCommand) {
  const auto run = ReadData("hyperfine-1.15.json");
  EXPECT_EQ(Names(run),
            (std::vector<std::string>{"sleep 0.01", "sleep 0.012"}));
  const auto times = Values(run, "sleep 0.01", kWallTime);
  EXPECT_EQ(times.size(), 8u);
  EXPECT_EQ(times[0], 0.011748861000000001);
  EXPECT_TRUE(run.process_samples);
  EXPECT_TRUE(run.warnings.empty());
}

TEST(Hyperfine, ParametersBecomeKeysOfTheName) {
  const auto run = ReadRun(R"({"results":[{"command":"make -j 2","times":[1],)"
                           R"("parameters":{"jobs":"2"}}]})",
                           "file");
  EXPECT_EQ(Names(run), std::vector<std::string>{"make -j 2/jobs:2"});
}

TEST(Hyperfine, PeakMemoryIsAUnit) {
  const auto run = ReadRun(R"({"results":[{"command":"x","times":[1,2],)"
                           R"("memory_usage_byte":[4096,8192]}]})",
                           "file");
  EXPECT_EQ(Values(run, "x", "peak-rss-B"), (std::vector<double>{4096, 8192}));
}

TEST(Hyperfine, FailedRunsAndUnusableTimesAreRefusedByName) {
  const auto run =
      ReadRun(R"({"results":[{"command":"x","times":[1,2,0,null,NaN,5],)"
              R"("exit_codes":[0,1,0,0,0,null]}]})",
              "file");
  EXPECT_EQ(Values(run, "x", kWallTime), std::vector<double>{1});
  EXPECT_PRED2(AnyMentions, run.warnings, "x: the command failed (2 rows)");
  EXPECT_PRED2(AnyMentions, run.warnings,
               "x: its time is not a positive number (3 rows)");
}

TEST(Hyperfine, WithoutAUsableTimeThrows) {
  EXPECT_PRED2(Mentions, ErrorOf(R"({"results":[{"command":"x","mean":1}]})"),
               "x: it has no times");
  EXPECT_PRED2(Mentions, ErrorOf(R"({"results":[]})"), "no usable row");
  EXPECT_PRED2(Mentions, ErrorOf(R"({"results":[1]})"), "looks like JSON");
  EXPECT_PRED2(Mentions, ErrorOf(R"({"results":{}})"), "looks like JSON");
  EXPECT_PRED2(Mentions, ErrorOf(R"({"results":[{)"), "cut off");
}

}  // namespace
}  // namespace opstat::benchfmt
