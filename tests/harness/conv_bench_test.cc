#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/harness/report.h"

namespace opstat::harness {
namespace {

struct Shape {
  const char* name;
  double columns, output;  // elements
};

constexpr Shape kShapes[] = {{"GEMM", 32 * 9 * 4096, 64 * 4096},
                             {"Deep", 64 * 9 * 1024, 128 * 1024},
                             {"Strided", 16 * 9 * 1024, 32 * 1024}};

std::string Name(const Shape& shape, const char* dtype, const char* scratch) {
  return std::string("Conv2D/algo:im2col/shape:") + shape.name +
         "/dtype:" + dtype + "/scratch:" + scratch;
}

const Report& ConvReport() {
  static const Report report = RunBenchmarks(
      CONV_BENCH
      " '--benchmark_filter=algo:im2col/shape:(GEMM|Deep|Strided)/'"
      " --benchmark_format=json --benchmark_min_time=0.001"
      " --benchmark_repetitions=2");
  return report;
}

TEST(ConvBench, HasTheRowsInOrder) {
  std::vector<std::string> expected, found;
  for (const Shape& shape : kShapes) {
    for (const char* dtype : {"f32", "f64"}) {
      for (const char* scratch : {"allocating", "pooled", "mapped"})
        expected.push_back(Name(shape, dtype, scratch));
    }
  }
  for (const ReportRow& row : ConvReport().rows) {
    if (found.empty() || found.back() != row.name) found.push_back(row.name);
  }
  EXPECT_EQ(found, expected);
}

// Of the second repetition: the first may be a single call, whose packing
// pools are still empty.
void ExpectExactly(const std::string& name, double allocs, double bytes) {
  const std::vector<ReportRow> rows = ConvReport().Rows(name);
  ASSERT_EQ(rows.size(), 2U) << name;
  EXPECT_EQ(rows[1].Number("allocs/op"), allocs) << name;
  EXPECT_EQ(rows[1].Number("B/op"), bytes) << name;
}

TEST(ConvBench, PoolingLeavesTheOutputTensorAlone) {
  for (const Shape& shape : kShapes) {
    for (const double size : {4.0, 8.0}) {
      const char* dtype = size == 4 ? "f32" : "f64";
      const double output = shape.output * size;
      const double scratch = shape.columns * size + output;
      ExpectExactly(Name(shape, dtype, "allocating"), 3, scratch + output);
      ExpectExactly(Name(shape, dtype, "pooled"), 1, output);
    }
  }
}

TEST(ConvBench, RunsEveryAlgorithmOnTheShapesThatItCanDo) {
  const Report report = RunBenchmarks(
      CONV_BENCH
      " --benchmark_filter=f32/scratch:pooled --benchmark_format=json"
      " --benchmark_min_time=0.001");
  std::vector<std::string> found;
  for (const ReportRow& row : report.rows) found.push_back(row.name);
  std::vector<std::string> expected;
  for (const char* of :
       {"im2col/shape:GEMM", "im2col/shape:Deep", "im2col/shape:Strided",
        "im2col/shape:Pointwise", "im2col/shape:Depthwise", "direct/shape:GEMM",
        "direct/shape:Deep", "direct/shape:Strided", "direct/shape:Pointwise",
        "direct/shape:Depthwise", "pointwise/shape:Pointwise",
        "depthwise/shape:Depthwise"})
    expected.push_back("Conv2D/algo:" + std::string(of) +
                       "/dtype:f32/scratch:pooled");
  EXPECT_EQ(found, expected);
}

TEST(ConvBench, NamesItsInstructionSet) {
  EXPECT_EQ(ConvReport().context.count("opstat.isa"), 1U);
}

TEST(ConvBench, RefusesAnUnknownInstructionSet) {
  EXPECT_EQ(std::system(CONV_BENCH " --benchmark_list_tests >/dev/null"), 0);
  EXPECT_NE(std::system("OPSTAT_ISA=none " CONV_BENCH
                        " --benchmark_list_tests >/dev/null 2>&1"),
            0);
}

}  // namespace
}  // namespace opstat::harness
