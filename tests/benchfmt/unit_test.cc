#include "opstat/benchfmt/unit.h"

#include <gtest/gtest.h>

namespace opstat::benchfmt {
namespace {

// The first ten rows are those of benchunit's own test.
TEST(Unit, TidiesAsBenchstat) {
  struct Case {
    std::string_view unit, tidy;
    double factor;
  };
  const Case cases[] = {
      {"ns/op", "sec/op", 1e-9},
      {"x-ns/op", "x-sec/op", 1e-9},
      {"MB/s", "B/s", 1e6},
      {"x-MB/s", "x-B/s", 1e6},
      {"B/op", "B/op", 1},
      {"x-B/op", "x-B/op", 1},
      {"x-allocs/op", "x-allocs/op", 1},
      {"op/ns", "op/ns", 1},
      {"MB*MB/s", "B*B/s", 1e12},
      {"MB/MB", "B/MB", 1e6},
      {"x/y*ns", "x/y*sec", 1e-9},
      {"nsec", "nsec", 1},
      {"bytes_per_second", "B/s", 1},
      {"items_per_second", "items_per_second", 1},
      {"", "", 1},
      {"/", "/", 1},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(Tidy(each.unit).unit, each.tidy) << each.unit;
    EXPECT_EQ(Tidy(each.unit).factor, each.factor) << each.unit;
  }
}

TEST(Unit, IsExactForAllocationCountsOnly) {
  for (const auto unit : {kBytes, kAllocs, kFrees}) EXPECT_TRUE(IsExact(unit));
  for (const auto unit : {kWallTime, kFaults, kInstructions, kIterations}) {
    EXPECT_FALSE(IsExact(unit)) << unit;
  }
}

TEST(Unit, KnowsTimes) {
  for (const auto unit : {kWallTime, kCpuTime, kRunDelay}) {
    EXPECT_TRUE(IsTime(unit)) << unit;
  }
  for (const std::string_view unit : {"B/op", "B/sec", "items_per_second"}) {
    EXPECT_FALSE(IsTime(unit)) << unit;
  }
}

TEST(Unit, HigherIsBetterForRates) {
  for (const std::string_view unit :
       {"B/s", "items_per_second", "frames/s", "FLOP/sec"}) {
    EXPECT_TRUE(HigherIsBetter(unit)) << unit;
  }
  for (const std::string_view unit : {"sec/op", "B/op", "allocs/op", "s"}) {
    EXPECT_FALSE(HigherIsBetter(unit)) << unit;
  }
}

TEST(Unit, BytesTakeBinaryPrefixes) {
  for (const std::string_view unit : {"B", "B/op", "B/s", "peak-bytes"}) {
    EXPECT_TRUE(IsBinary(unit)) << unit;
  }
  for (const std::string_view unit : {"op/B", "Blocks", "sec/op"}) {
    EXPECT_FALSE(IsBinary(unit)) << unit;
  }
}

TEST(Unit, HousekeepingIsNoResult) {
  for (const auto unit :
       {kIterations, kRunDelay, kOneTimeAllocs, kOneTimeBytes}) {
    EXPECT_TRUE(IsHousekeeping(unit)) << unit;
  }
  EXPECT_FALSE(IsHousekeeping(kWallTime));
}

}  // namespace
}  // namespace opstat::benchfmt
