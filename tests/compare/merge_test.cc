#include "opstat/compare/merge.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/compare/runs.h"

namespace opstat::compare {
namespace {

TEST(MergeBenchmarks, PutsSamplesOneAfterTheOther) {
  const benchfmt::Benchmark a{"A", {{"sec/op", {1, 2}}, {"x", {7, 8}}}};
  const benchfmt::Benchmark b{"B/real_time", {{"y", {9}}, {"sec/op", {3}}}};
  const benchfmt::Benchmark* const both[] = {&a, &b};
  const benchfmt::Benchmark merged = MergeBenchmarks(both);
  EXPECT_EQ(merged.name, "B/real_time");  // what decides is wall time
  EXPECT_EQ(merged.Find("sec/op")->values, (Values{1, 2, 3}));
  const Values& x = merged.Find("x")->values;
  ASSERT_EQ(x.size(), 3u);
  EXPECT_EQ(x[1], 8);
  EXPECT_TRUE(std::isnan(x[2]));
  const Values& y = merged.Find("y")->values;
  ASSERT_EQ(y.size(), 3u);
  EXPECT_TRUE(std::isnan(y[0]) && std::isnan(y[1]));
  EXPECT_EQ(y[2], 9);
}

TEST(MergeRuns, KeepsWhatIsTrueOfAll) {
  benchfmt::Run a = MakeRun("a");
  benchfmt::Run b = MakeRun("b");
  a.facts = {{"host.cpu", "c"}, {"isa", "avx2"}};
  b.facts = {{"host.cpu", "c"}, {"isa", "scalar"}};
  const benchfmt::Run* const both[] = {&a, &b};
  const benchfmt::Run merged = MergeRuns(both);
  EXPECT_EQ(merged.label, "a + b");
  EXPECT_EQ(merged.session, "session");
  EXPECT_TRUE(merged.process_samples);
  EXPECT_EQ(merged.facts.size(), 1u);
  b.session = "another";
  b.process_samples = false;
  EXPECT_EQ(MergeRuns(both).session, "");
  EXPECT_FALSE(MergeRuns(both).process_samples);
}

}  // namespace
}  // namespace opstat::compare
