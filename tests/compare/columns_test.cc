#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"
#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

benchfmt::Run ConvRun() {
  benchfmt::Run run = MakeRun("conv.json");
  for (const char* name :
       {"Conv/shape:GEMM/scratch:pooled", "Conv/shape:GEMM/scratch:allocating",
        "Conv/shape:NIN/scratch:pooled", "Conv/shape:NIN/scratch:allocating",
        "Copy"}) {
    Add(run, name, "allocs/op", {1});
  }
  return run;
}

TEST(Columns, ByRunNamesRowsByTheFullName) {
  const std::vector<benchfmt::Run> runs{ConvRun(), ConvRun()};
  const std::vector<Column> columns = ColumnsByRun(runs);
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[1].label, "conv.json");
  EXPECT_EQ(columns[1].run, &runs[1]);
  ASSERT_EQ(columns[1].rows.size(), 5u);
  EXPECT_EQ(columns[1].rows[0].first, "Conv/shape:GEMM/scratch:pooled");
  EXPECT_EQ(columns[1].rows[0].second, &runs[1].benchmarks[0]);
}

TEST(Columns, ByKeyNamesRowsByWhatRemains) {
  const benchfmt::Run run = ConvRun();
  const std::vector<Column> columns = ColumnsByKey(run, "scratch");
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].label, "pooled");
  EXPECT_EQ(columns[1].label, "allocating");
  ASSERT_EQ(columns[1].rows.size(), 2u);
  EXPECT_EQ(columns[1].rows[1].first, "Conv/shape:NIN");
  EXPECT_EQ(columns[1].rows[1].second, &run.benchmarks[3]);
}

TEST(Columns, ByKeyFollowsTheOrderAsked) {
  const benchfmt::Run run = ConvRun();
  const auto columns = ColumnsByKey(run, "scratch", {"allocating", "pooled"});
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].label, "allocating");
  EXPECT_EQ(ColumnsByKey(run, "scratch", {"pooled"}).size(), 1u);
}

TEST(Columns, ByKeySaysWhatItLeavesOut) {
  const benchfmt::Run run = ConvRun();
  const Comparison comparison = Compare(ColumnsByKey(run, "scratch"), {});
  ASSERT_EQ(comparison.warnings.size(), 1u);
  EXPECT_EQ(comparison.warnings[0],
            "Copy: left out, its name has no key scratch");
}

TEST(Columns, ByUnknownKeyListsTheKeys) {
  const benchfmt::Run run = ConvRun();
  try {
    ColumnsByKey(run, "algo");
    FAIL() << "should have thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kUsage);
    EXPECT_EQ(error.hint(), "keys there are: scratch, shape");
  }
}

TEST(Columns, ByUnknownValueListsTheValues) {
  const benchfmt::Run run = ConvRun();
  try {
    ColumnsByKey(run, "scratch", {"pooled", "mapped"});
    FAIL() << "should have thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kUsage);
    EXPECT_EQ(error.hint(), "values of scratch: pooled, allocating");
  }
}

TEST(Columns, OfOneRunOfProcessSamplesAreInterleaved) {
  benchfmt::Run run = MakeRun("a");
  run.session.clear();
  Add(run, "B/s:x", "sec/op", Noise(10, 1, 0.003, 1));
  Add(run, "B/s:y", "sec/op", Noise(10, 1.1, 0.003, 2));
  const Comparison comparison = Compare(ColumnsByKey(run, "s"), {});
  EXPECT_TRUE(comparison.interleaved);
  EXPECT_EQ(comparison.rows.at(0).verdict, Verdict::kRegression);
  EXPECT_EQ(comparison.rows.at(0).benchmark, "B");
}

}  // namespace
}  // namespace opstat::compare
