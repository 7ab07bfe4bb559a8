#include "opstat/benchfmt/unit.h"
#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

class KnownCase : public testing::TestWithParam<const char*> {};

TEST_P(KnownCase, ReadsAlikeFromTextAndJson) {
  const auto text = ReadData(std::string(GetParam()) + ".A.txt");
  const auto json = ReadData(std::string(GetParam()) + ".A.json");
  ASSERT_EQ(text.benchmarks.size(), json.benchmarks.size());
  for (std::size_t i = 0; i < text.benchmarks.size(); ++i) {
    const Benchmark& go = text.benchmarks[i];
    const Benchmark& google = json.benchmarks[i];
    EXPECT_EQ(go.name, google.name + "-8");
    for (const Measurement& measurement : go.measurements) {
      const Measurement* same = google.Find(measurement.unit);
      ASSERT_NE(same, nullptr) << measurement.unit;
      ASSERT_EQ(same->values.size(), measurement.values.size());
      for (std::size_t k = 0; k < same->values.size(); ++k) {
        EXPECT_DOUBLE_EQ(same->values[k], measurement.values[k]);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(GoBenchmark, KnownCase,
                         testing::Values("01_shift5_n10", "10_zeros_allocs",
                                         "14_units"));

TEST(GoBenchmark, ReadsFactsNamesAndValues) {
  const auto run = ReadRun(
      "goos: linux\ncpu: EPYC 7763\nUnit B/op assume=exact\n\n"
      "BenchmarkConv/k=3-8 \t 1000\t1195.5 ns/op\t12.5 MB/s  0 B/op\r\n"
      "PASS\nok  \tpkg\t1.2s\n",
      "old.txt");
  EXPECT_EQ(run.label, "old.txt");
  EXPECT_EQ(run.Fact("goos"), "linux");
  EXPECT_EQ(run.Fact("host.cpu"), "EPYC 7763");
  EXPECT_EQ(Names(run), (std::vector<std::string>{"Conv/k=3-8"}));
  EXPECT_PRED2(SameValues, Values(run, "Conv/k=3-8", kIterations),
               (std::vector<double>{1000}));
  EXPECT_PRED2(SameValues, Values(run, "Conv/k=3-8", kWallTime),
               (std::vector<double>{1195.5 * 1e-9}));
  EXPECT_PRED2(SameValues, Values(run, "Conv/k=3-8", "B/s"),
               (std::vector<double>{12.5e6}));
  EXPECT_PRED2(SameValues, Values(run, "Conv/k=3-8", kBytes),
               (std::vector<double>{0}));
  EXPECT_FALSE(run.process_samples);
}

TEST(GoBenchmark, NumbersAreReadToTheLastBit) {
  constexpr std::pair<const char*, double> kNumbers[] = {
      {"0.1", 0.1},
      {"5.", 5},
      {".5", .5},
      {"+102.3", 102.3},
      {"1234567890.12345", 1234567890.12345},
      {"123456789.12345", 123456789.12345},
      {"0.0000000000123", 0.0000000000123},
      {"999999999999999", 999999999999999},
      {"9007199254740993", 9007199254740992},
      {"1e-7", 1e-7},
      {"1.7976931348623157e308", 0x1.fffffffffffffp1023}};
  for (const auto& [text, number] : kNumbers) {
    const auto run = ReadRun(
        "BenchmarkX 1 2 ns/op " + std::string(text) + " widgets\n", "file");
    EXPECT_PRED2(SameValues, Values(run, "X", "widgets"),
                 (std::vector<double>{number}))
        << text;
  }
  for (const char* text : {".", "1.2.3", "1,5", "0x1"}) {
    const auto run = ReadRun("BenchmarkX 1 2 ns/op\nBenchmarkX 1 2 ns/op " +
                                 std::string(text) + " widgets\n",
                             "file");
    EXPECT_EQ(Values(run, "X", kWallTime).size(), 1u) << text;
  }
}

TEST(GoBenchmark, NameAloneOnItsLineIsNoResult) {
  const auto run = ReadRun("BenchmarkX\nBenchmarkX 1 2 ns/op\n", "file");
  EXPECT_EQ(Values(run, "X", kWallTime).size(), 1u);
}

TEST(GoBenchmark, MalformedLinesAreNamedAndSkipped) {
  const auto run = ReadRun(
      "BenchmarkX 1 2 ns/op\nBenchmarkY oops 2 ns/op\nBenchmarkY 1 two ns/op\n"
      "BenchmarkY 1 2\nBenchmarkY 1\n",
      "f");
  EXPECT_EQ(Names(run), (std::vector<std::string>{"X"}));
  EXPECT_PRED2(AnyMentions, run.warnings, "f:2: no iteration count");
  EXPECT_PRED2(AnyMentions, run.warnings, "f:3: not a number: two");
  EXPECT_PRED2(AnyMentions, run.warnings, "f:4: a value without unit");
  EXPECT_PRED2(AnyMentions, run.warnings, "f:5: no measurement");
}

TEST(GoBenchmark, UnusableTimeRefusesTheLine) {
  for (const char* time : {"NaN", "+Inf", "0", "-3"}) {
    const std::string text =
        "BenchmarkX 1 " + std::string(time) + " ns/op\nBenchmarkY 1 2 ns/op\n";
    const auto run = ReadRun(text, "file");
    EXPECT_EQ(Names(run), (std::vector<std::string>{"Y"})) << time;
    EXPECT_PRED2(AnyMentions, run.warnings, "X: its time");
  }
}

TEST(GoBenchmark, NanOfAnotherUnitIsUnmeasured) {
  const auto run = ReadRun("BenchmarkX 1 2 ns/op NaN B/op\n", "file");
  EXPECT_PRED2(SameValues, Values(run, "X", kBytes),
               (std::vector<double>{kUnmeasured}));
}

TEST(GoBenchmark, WithoutTimeIsRead) {
  const auto run = ReadRun("BenchmarkX 1 64 B/op\n", "file");
  EXPECT_PRED2(SameValues, Values(run, "X", kBytes), (std::vector<double>{64}));
  EXPECT_EQ(run.benchmarks[0].Find(kWallTime), nullptr);
}

TEST(GoBenchmark, FactThatChangesWithinTheFileIsDropped) {
  const auto run = ReadRun(
      "goos: linux\npkg: a\nBenchmarkX 1 2 ns/op\n"
      "pkg: b\nBenchmarkX 1 3 ns/op\npkg: a\n",
      "f");
  EXPECT_EQ(run.Fact("pkg"), "");
  EXPECT_EQ(run.Fact("goos"), "linux");
  EXPECT_PRED2(AnyMentions, run.warnings, "f:4: \"pkg\" changes");
}

TEST(GoBenchmark, OfNanTimesOnlyIsBadData) {
  EXPECT_PRED2(Mentions,
               ErrorOf(FileBytes(DataPath("benchstat_hangs_on_nan.txt"))),
               "no usable row");
}

}  // namespace
}  // namespace opstat::benchfmt
