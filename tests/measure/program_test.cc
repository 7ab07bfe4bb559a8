#include "opstat/measure/program.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"

namespace opstat::measure {
namespace {

Program Fake(const std::string& mode) {
  return {.argv = {OPSTAT_FAKE_BENCH, mode}, .time_limit = 60};
}

std::string MessageOf(const std::function<void()>& action, Failure failure) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), failure) << error.what();
    return std::string(error.what()) + " / " + error.hint();
  }
  ADD_FAILURE() << "no error";
  return "";
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ListBenchmarks, KeepsTheProgramsOrder) {
  EXPECT_EQ(
      ListBenchmarks(Fake("fine")),
      (std::vector<std::string>{"Sort/8", "Sort/64", "Conv<float>/k:3 (a+b)"}));
}

TEST(Matching, FilterIsSearchedInTheFullName) {
  EXPECT_EQ(Matching({"Sort/8", "Sort/64", "Conv"}, "/64$"),
            (std::vector<std::string>{"Sort/64"}));
}

TEST(ListBenchmarks, NamesWhatIsNotABenchmarkProgram) {
  EXPECT_TRUE(Contains(MessageOf([] { ListBenchmarks(Fake("lists-nothing")); },
                                 Failure::kCannotMeasure),
                       "lists no benchmarks"));
  EXPECT_TRUE(Contains(MessageOf([] { ListBenchmarks(Fake("cannot-list")); },
                                 Failure::kCannotMeasure),
                       "no such flag"));
}

TEST(ListBenchmarks, RefusesABadExpressionAndFlagsThatAreOurs) {
  EXPECT_TRUE(
      Contains(MessageOf([] { Matching({"Sort/8"}, "("); }, Failure::kUsage),
               "not a regular expression"));
  Program program = Fake("fine");
  program.argv.emplace_back("--benchmark_min_time=3");
  EXPECT_TRUE(
      Contains(MessageOf([&] { ListBenchmarks(program); }, Failure::kUsage),
               "--min-time"));
}

TEST(MeasureOnce, ReadsTheSampleWhateverTheNameHolds) {
  const benchfmt::Run run =
      MeasureOnce(Fake("floods"), "Conv<float>/k:3 (a+b)", {}).run;
  ASSERT_EQ(run.benchmarks.size(), 1U);
  EXPECT_DOUBLE_EQ(run.benchmarks[0].Find("allocs/op")->values.at(0), 3);
  EXPECT_DOUBLE_EQ(run.benchmarks[0].Find("cpu-sec/op")->values.at(0), 4e-9);
}

TEST(MeasureOnce, TwiceKeepsTheCallThatNeededNoWarmUp) {
  const benchfmt::Run run =
      MeasureOnce(Fake("warms-up"), "Sort/64", {.twice = true}).run;
  EXPECT_EQ(run.benchmarks[0].Find("allocs/op")->values,
            (std::vector<double>{3}));
}

TEST(MeasureOnce, LeavesNoFileBehindAndNeedsNoFolderForThem) {
  setenv("TMPDIR", "/no/such/folder", 1);
  EXPECT_EQ(MeasureOnce(Fake("fine"), "Sort/8", {}).run.benchmarks.size(), 1U);
  unsetenv("TMPDIR");
}

TEST(WasCalledOnce, KnowsOneIterationAndFixedIterations) {
  benchfmt::Benchmark benchmark{.name = "Sort/64", .measurements = {}};
  benchmark.Add("iterations").values = {1};
  EXPECT_TRUE(WasCalledOnce(benchmark));
  benchmark.measurements[0].values = {20};
  EXPECT_FALSE(WasCalledOnce(benchmark));
  benchmark.name = "Sort/64/iterations:20";
  EXPECT_TRUE(WasCalledOnce(benchmark));
}

struct BadProgram {
  const char* mode;
  const char* says;
};

void PrintTo(const BadProgram& program, std::ostream* out) {
  *out << program.mode << " says " << program.says;
}

class MeasureOnceFails : public testing::TestWithParam<BadProgram> {};

TEST_P(MeasureOnceFails, NamingBenchmarkAndCause) {
  Program program = Fake(GetParam().mode);
  if (program.argv[1].starts_with("hangs")) program.time_limit = 0.3;
  const std::string message = MessageOf(
      [&] { MeasureOnce(program, "Sort/64", {}); }, Failure::kCannotMeasure);
  EXPECT_TRUE(Contains(message, "Sort/64")) << message;
  EXPECT_TRUE(Contains(message, GetParam().says)) << message;
}

INSTANTIATE_TEST_SUITE_P(
    Programs, MeasureOnceFails,
    testing::Values(BadProgram{"crashes-on-64", "signal 11"},
                    BadProgram{"crashes-on-64", "assertion failed"},
                    BadProgram{"hangs-on-64", "time limit"},
                    BadProgram{"writes-nothing", "no sample"},
                    BadProgram{"floods-file", "it wrote 66 MiB"},
                    BadProgram{"writes-garbage", "no sample"}));

TEST(EscapeRegex, EscapesWhatBothGrammarsTreatAsSpecial) {
  EXPECT_EQ(EscapeRegex("a.b[c]{d}(e)*+?^$|\\/-_<>"),
            R"(a\.b\[c\]\{d\}\(e\)\*\+\?\^\$\|\\/-_<>)");
}

}  // namespace
}  // namespace opstat::measure
