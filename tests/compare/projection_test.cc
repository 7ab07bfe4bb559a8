#include "opstat/compare/projection.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"

namespace opstat::compare {
namespace {

using Kind = Key::Kind;
using Order = Field::Order;

TEST(Projection, TakesKeysWithCommasOrSpaces) {
  for (const char* text : {".name,/size goos", " .name , /size,goos"}) {
    const Projection projection = ParseProjection(text, "--row");
    ASSERT_EQ(projection.size(), 3u) << text;
    EXPECT_EQ(projection[0].key, (Key{Kind::kName, ".name"}));
    EXPECT_EQ(projection[1].key, (Key{Kind::kPart, "size"}));
    EXPECT_EQ(projection[2].key, (Key{Kind::kFact, "goos"}));
  }
  EXPECT_TRUE(ParseProjection("", "--table").empty());
}

TEST(Projection, TakesOrders) {
  const Projection projection =
      ParseProjection("a@num,b@(x \"y z\") c@alpha", "--row");
  ASSERT_EQ(projection.size(), 3u);
  EXPECT_EQ(projection[0].order, Order::kNumeric);
  EXPECT_EQ(projection[1].order, Order::kFixed);
  EXPECT_EQ(projection[1].fixed, (std::vector<std::string>{"x", "y z"}));
  EXPECT_TRUE(projection[1].Takes("y z"));
  EXPECT_FALSE(projection[1].Takes("z"));
  EXPECT_EQ(projection[2].order, Order::kAlphabetic);
}

class BadProjection : public testing::TestWithParam<const char*> {};

TEST_P(BadProjection, IsRefusedByName) {
  try {
    ParseProjection(GetParam(), "--row");
    FAIL() << "should have thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kUsage);
    EXPECT_TRUE(std::string(error.what()).starts_with("--row '"))
        << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, BadProjection,
                         testing::Values(",", "a,,b", "a,", "@num", "a@", "a@x",
                                         "a@()", "a@(b", "a@(b,c)", "(a)",
                                         ".unit", ".units", "/", "\"\"", "\"a",
                                         "\"\\n\"", "-a", ".config@(a)"));

std::vector<std::string> Sorted(const Field& field,
                                const std::vector<std::string>& values) {
  const std::vector<std::size_t> places = Places(field, values);
  std::vector<std::string> sorted(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) sorted[places[i]] = values[i];
  return sorted;
}

Field FieldOf(const char* text) { return ParseProjection(text, "x").at(0); }
using Texts = std::vector<std::string>;

TEST(Places, KeepTheOrderInWhichValuesAreSeen) {
  EXPECT_EQ(Sorted(FieldOf("k"), {"b", "a"}), (Texts{"b", "a"}));
}

TEST(Places, OfAFixedOrderAreThoseListed) {
  EXPECT_EQ(Sorted(FieldOf("k@(c a b)"), {"a", "b", "c"}),
            (Texts{"c", "a", "b"}));
}

TEST(Places, OfAlphaAreThoseOfBytes) {
  EXPECT_EQ(Sorted(FieldOf("k@alpha"), {"b", "10", "9", "B"}),
            (Texts{"10", "9", "B", "b"}));
}

// benchproc's TestNum: SI and IEC prefixes, what is no number last.
TEST(Places, OfNumReadPrefixes) {
  EXPECT_EQ(Sorted(FieldOf("k@num"), {"x", "2k", "1Mi", "1", "10", "1.5kB",
                                      "1KiB", "-1", "", "1M", "1e3"}),
            (Texts{"-1", "1", "10", "1e3", "1KiB", "1.5kB", "2k", "1M", "1Mi",
                   "", "x"}));
}

}  // namespace
}  // namespace opstat::compare
