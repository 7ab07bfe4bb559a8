#include "opstat/benchfmt/run.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/repetitions.h"
#include "tests/benchfmt/test_files.h"

namespace opstat::benchfmt {
namespace {

TEST(Benchmark, AddedUnitIsUnmeasuredInEarlierSamples) {
  Benchmark benchmark{"x", {{"sec/op", {1, 2}}}};
  EXPECT_PRED2(SameValues, benchmark.Add("B/op").values,
               (std::vector<double>{kUnmeasured, kUnmeasured}));
  EXPECT_EQ(&benchmark.Add("B/op"), benchmark.Find("B/op"));
  EXPECT_EQ(benchmark.measurements.size(), 2u);
  EXPECT_EQ(benchmark.Samples(), 2u);
}

TEST(Benchmark, WithoutMeasurementsHasNoSamples) {
  EXPECT_EQ(Benchmark{}.Samples(), 0u);
  EXPECT_EQ(Benchmark{}.Find("sec/op"), nullptr);
}

TEST(Run, LacksWhatItDoesNotHold) {
  benchfmt::Run run;
  run.facts["host.name"] = "vm";
  EXPECT_EQ(run.Fact("host.name"), "vm");
  EXPECT_EQ(run.Fact("host.cpu"), "");
  EXPECT_EQ(run.Find("x"), nullptr);
}

TEST(Repetitions, OfOneProcessBecomeTheirMedian) {
  const Benchmark benchmark{"x", {{"sec/op", {3, 1, 2, 9, 7, 5, 6}}}};
  const std::int64_t process[] = {0, 0, 0, 1, 2, 3, 3};
  const Benchmark merged = MergeRepetitions(benchmark, process);
  EXPECT_PRED2(SameValues, merged.measurements[0].values,
               (std::vector<double>{2, 9, 7, 5.5}));
}

TEST(Repetitions, MedianIsOfWhatWasMeasured) {
  benchfmt::Run run;
  run.benchmarks = {{"x",
                     {{"B/op", {kUnmeasured, 8, kUnmeasured}},
                      {"B/s", {kUnmeasured, kUnmeasured, kUnmeasured}}}}};
  MergeIntoOneSample(&run);
  EXPECT_PRED2(SameValues, run.benchmarks[0].measurements[0].values,
               (std::vector<double>{8}));
  EXPECT_PRED2(SameValues, run.benchmarks[0].measurements[1].values,
               (std::vector<double>{kUnmeasured}));
}

}  // namespace
}  // namespace opstat::benchfmt
