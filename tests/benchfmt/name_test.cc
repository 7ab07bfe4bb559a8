#include "opstat/benchfmt/name.h"

#include <gtest/gtest.h>

namespace opstat::benchfmt {
namespace {

TEST(Name, SplitsIntoPositionalAndKeyedParts) {
  const auto parts = SplitName("Conv2D/algo:im2col/k=3/64");
  ASSERT_EQ(parts.size(), 4u);
  EXPECT_EQ(parts[0].key, "");
  EXPECT_EQ(parts[0].value, "Conv2D");
  EXPECT_EQ(parts[1].key, "algo");
  EXPECT_EQ(parts[1].value, "im2col");
  EXPECT_EQ(parts[2].text, "k=3");
  EXPECT_EQ(parts[2].value, "3");
  EXPECT_EQ(parts[3].key, "");
  EXPECT_EQ(parts[3].value, "64");
}

TEST(Name, OfOnePartIsPositional) {
  for (const std::string_view name : {"Sort", "", ":x"}) {
    const auto parts = SplitName(name);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].key, "");
    EXPECT_EQ(parts[0].value, name);
  }
}

TEST(Name, FirstSeparatorDividesKeyFromValue) {
  EXPECT_EQ(KeyValue("X/path:a=b", "path"), "a=b");
  EXPECT_EQ(KeyValue("X/path=a:b", "path"), "a:b");
}

TEST(Name, TakesGoSuffixAsGomaxprocs) {
  EXPECT_EQ(KeyValue("Conv/k=3-8", "gomaxprocs"), "8");
  EXPECT_EQ(KeyValue("Conv/k=3-8", "k"), "3");
  EXPECT_EQ(KeyValue("Conv-16", "gomaxprocs"), "16");
}

TEST(Name, TakesNegativeArgumentsAsValues) {
  EXPECT_EQ(KeyValue("Shift/by:-8", "by"), "-8");
  EXPECT_EQ(KeyValue("Shift/-8", "gomaxprocs"), "");
  EXPECT_EQ(KeyValue("-8", "gomaxprocs"), "");
  EXPECT_EQ(KeyValue("Conv-", "gomaxprocs"), "");
}

TEST(Name, WithoutKeyLeavesTheRestToTheLetter) {
  struct Case {
    std::string_view name, key, rest;
  };
  const Case cases[] = {
      {"C/a:1/b:2", "a", "C/b:2"},
      {"C/a:1/b:2", "b", "C/a:1"},
      {"C/a:1//b=2/", "b", "C/a:1//"},
      {"a:1/b:2", "a", "b:2"},
      {"C/a:1", "c", "C/a:1"},
      {"C/a:1", "", "C/a:1"},
      {"C/k=3-8", "gomaxprocs", "C/k=3"},
      {"C/k=3-8", "k", "C-8"},
      {"C/a:1/a:2", "a", "C"},
      {"a:1", "a", ""},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(WithoutKey(each.name, each.key), each.rest) << each.name;
  }
}

TEST(Name, SaysWhenWallTimeIsMeant) {
  for (const char* name : {"X/threads:2", "X/real_time", "X/8/manual_time",
                           "X/process_time/real_time", "X/threads:16"}) {
    EXPECT_TRUE(MeansWallTime(name)) << name;
  }
  for (const char* name :
       {"X", "real_time", "X/threads:1", "X/threads:", "X/threads:many",
        "X/real_times", "Xreal_time", ""}) {
    EXPECT_FALSE(MeansWallTime(name)) << name;
  }
}

}  // namespace
}  // namespace opstat::benchfmt
