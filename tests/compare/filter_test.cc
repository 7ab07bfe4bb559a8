#include "opstat/compare/filter.h"

#include <gtest/gtest.h>

#include "opstat/benchfmt/error.h"

namespace opstat::compare {
namespace {

bool Matches(const std::string& text, const char* unit = "sec/op") {
  benchfmt::Run run;
  run.label = "new.txt";
  run.facts = {{"goos", "linux"}, {"host.cpu", "Some CPU"}};
  const benchfmt::Benchmark benchmark{"Name/n:1/mode:fast-8", {}};
  return Filter::Parse(text, "--where").Matches(run, benchmark, unit);
}

// benchproc's TestFilter has most of these.
class FilterHolds : public testing::TestWithParam<const char*> {};
TEST_P(FilterHolds, OnTheBenchmark) { EXPECT_TRUE(Matches(GetParam())); }
INSTANTIATE_TEST_SUITE_P(
    Texts, FilterHolds,
    testing::Values("*", ".name:Name", ".fullname:\"Name/n:1/mode:fast-8\"",
                    "/n:1", "n:1", "/gomaxprocs:8", "goos:linux",
                    "cpu:\"Some CPU\"", ".file:new.txt", "goos:/^lin/",
                    "goos:(darwin OR linux)", "goos:(/x/ OR /nux/)",
                    "-goos:darwin", "- goos:darwin", "--goos:linux", "-(-*)",
                    "goos:darwin OR /n:1", "goos:linux /n:1",
                    "goos:linux AND /n:1", "goos:x /n:2 OR *",
                    "(goos:x OR /n:1) mode:fast", "\"goos\":\"linux\"",
                    "absent:\"\"", "-absent:x", ".fullname:/n:[/12]/",
                    ".unit:ns/op", ".unit:sec/op", ".unit:/sec/"));

class FilterFails : public testing::TestWithParam<const char*> {};
TEST_P(FilterFails, OnTheBenchmark) { EXPECT_FALSE(Matches(GetParam())); }
INSTANTIATE_TEST_SUITE_P(
    Texts, FilterFails,
    testing::Values("-*", ".name:Nam", "/n:2", "/goos:linux", "goos:linu",
                    "goos:/^inux/", "goos:linux /n:2", "* -goos:linux",
                    "-(goos:linux)", "absent:x", ".unit:B/op", "-.unit:ns/op"));

class BadFilter : public testing::TestWithParam<const char*> {};
TEST_P(BadFilter, IsRefusedByName) {
  try {
    Matches(GetParam());
    FAIL() << "should have thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::kUsage);
    EXPECT_TRUE(std::string(error.what()).starts_with("--where '"))
        << error.what();
  }
}
INSTANTIATE_TEST_SUITE_P(Texts, BadFilter,
                         testing::Values("", "a", "a:", "a:b:c", "(a:b", "a:b)",
                                         "a:(b", "a:(b c)", "a:()", "a OR b",
                                         "a:b OR", "a:b AND", "AND a:b", "-",
                                         "a:/b", "a:/(/", "a:/[/", "a:/*/",
                                         "a:/b/c", "\"a:b", ".config:x", ".x:y",
                                         "a@b", ":b"));

TEST(Filter, ThatIsNestedWithoutEndIsRefused) {
  EXPECT_THROW(Matches(std::string(100'000, '(')), Error);
  EXPECT_THROW(Matches(std::string(100'000, '-') + "*"), Error);
}

TEST(Filter, KnowsWhetherItLooksAtUnits) {
  EXPECT_FALSE(Filter::Parse("/n:1 -*", "x").LooksAtUnits());
  EXPECT_TRUE(Filter::Parse("/n:1 OR -(.unit:B/op)", "x").LooksAtUnits());
}

TEST(Filter, ByNameSearchesTheFullName) {
  const benchfmt::Run run;
  const benchfmt::Benchmark benchmark{"Conv/f32", {}};
  const auto matches = [&](const char* regexp) {
    return Filter::ByName(regexp, "--filter").Matches(run, benchmark, {});
  };
  EXPECT_TRUE(matches("v/f"));
  EXPECT_FALSE(matches("^f"));
  EXPECT_THROW(matches("("), Error);
}

TEST(Filter, AndHoldsWhereBothDo) {
  const benchfmt::Run run;
  const benchfmt::Benchmark benchmark{"Conv/f32", {}};
  const Filter conv = Filter::Parse(".name:Conv", "x");
  EXPECT_TRUE(conv.And(Filter()).Matches(run, benchmark, {}));
  EXPECT_FALSE(conv.And(Filter::Parse("-*", "x")).Matches(run, benchmark, {}));
}

}  // namespace
}  // namespace opstat::compare
