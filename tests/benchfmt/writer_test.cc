#include "opstat/benchfmt/writer.h"

#include <bit>
#include <cstdint>
#include <limits>
#include <random>

#include "opstat/benchfmt/unit.h"
#include "tests/benchfmt/sample_run.h"
#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

constexpr auto kMax = std::numeric_limits<double>::max();
constexpr auto kTiny = std::numeric_limits<double>::denorm_min();

TEST(WriteGoogleBenchmark, ReadsBackToTheLastBit) {
  const auto run = SampleRun();
  ExpectSame(ReadRun(WriteGoogleBenchmark(run), "file"), run);
}

TEST(WriteGoogleBenchmark, ReadsBackAnyDouble) {
  std::mt19937_64 random(7);
  auto run = SampleRun();
  run.schedule.clear();
  Benchmark& benchmark = run.benchmarks[0];
  benchmark.measurements.clear();
  std::vector<double> times, counters;
  while (times.size() < 20'000) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value) || value == 0) continue;
    times.push_back(std::abs(value));
    counters.push_back(value);
  }
  for (const double value : {kTiny, kMax, 1e15, 1e22, 123456789012345680.0}) {
    times.push_back(value);
    counters.push_back(-value);
  }
  benchmark.measurements = {{"sec/op", times}, {"x", counters}};
  ExpectSame(ReadRun(WriteGoogleBenchmark(run), "file"), run);
}

TEST(WriteGoogleBenchmark, ReadsBackWhatForeignFilesHold) {
  for (const char* file : {"gbench-v1.5.0.json", "gbench-v1.9.5.json",
                           "hostile_names.json", "10_zeros_allocs.A.txt"}) {
    const auto run = ReadData(file);
    ExpectSame(ReadRun(WriteGoogleBenchmark(run), "other"), run);
  }
}

TEST(WriteGoogleBenchmark, IsStrictJsonWhateverTheTextHolds) {
  auto run = SampleRun();
  run.label = "\xff\x1b";
  run.facts["\xfe"] = "\x80";
  const std::string json = WriteGoogleBenchmark(run);
  EXPECT_FALSE(Mentions(json, "NaN"));
  for (const char byte : json) {
    EXPECT_TRUE(byte == '\n' || static_cast<unsigned char>(byte) >= 0x20);
  }
  EXPECT_EQ(ReadRun(json, "file").label, "\\xFF\x1b");
}

TEST(WriteGoBenchmark, IsWhatBenchstatReads) {
  EXPECT_EQ(WriteGoBenchmark(SampleRun()),
            "cpu: EPYC 7763\n"
            "host.cpus: 8\n"
            "host.name: vm\n"
            "Unit B/op assume=exact better=lower\n"
            "Unit B/s better=higher\n"
            "BenchmarkConv2D/algo=im2col/dtype=f32/threads=2 1000 "
            "0.30000000000000004 sec/op 0 B/op 1.7976931348623157e+308 B/s "
            "3 threads\n"
            "BenchmarkConv2D/algo=im2col/dtype=f32/threads=2 1001 "
            "1.1953e-06 sec/op 5e-324 cpu-sec/op 1179648 B/op -0 B/s\n"
            "BenchmarkName_with__space_\"\\ 1 1 sec/op\n");
}

TEST(WriteGoBenchmark, ReadsBackTheSameValues) {
  const auto run = ReadData("14_units.A.txt");
  const auto again = ReadRun(WriteGoBenchmark(run), run.label);
  ASSERT_EQ(Names(again), Names(run));
  EXPECT_EQ(again.facts, run.facts);
  for (std::size_t i = 0; i < run.benchmarks.size(); ++i) {
    for (const auto& measurement : run.benchmarks[i].measurements) {
      EXPECT_EQ(Values(again, run.benchmarks[i].name, measurement.unit),
                measurement.values);
    }
  }
}

TEST(WriteGoBenchmark, KeepsGoSuffixAndUnicode) {
  benchfmt::Run run;
  run.benchmarks = {{"k=3-8", {{"sec/op", {1}}}},
                    {"\xe6\x97\xa5\xc2\xa0\xe6\x9c\xac", {{"sec/op", {1}}}}};
  EXPECT_EQ(WriteGoBenchmark(run),
            "BenchmarkK=3-8 1 1 sec/op\n"
            "Benchmark\xe6\x97\xa5_\xe6\x9c\xac 1 1 sec/op\n");
}

}  // namespace
}  // namespace opstat::benchfmt
