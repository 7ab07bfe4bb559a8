#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/sanitizer.h"
#include "tests/cli/support.h"

// opstat blame on programs whose call sites are known (blame_cases.cc).
namespace opstat::cli {
namespace {

using rapidjson::Value;

// "blame_cases.cc:47", the line marked "site: NAME".
std::string Marked(const std::string& name,
                   const std::string& file = "blame_cases.cc") {
  std::ifstream source(OPSTAT_BLAME_SOURCES "/" + file);
  int number = 1;
  for (std::string line; std::getline(source, line); ++number)
    if (line.ends_with("// site: " + name))
      return file + ":" + std::to_string(number);
  return "no line is marked " + name;
}

std::string PlaceOf(const Value& frame) {
  if (frame["line"].IsNull()) return "no line";
  const std::string file = frame["file"].GetString();
  return file.substr(file.find_last_of('/') + 1) + ":" +
         std::to_string(frame["line"].GetInt());
}

std::string FunctionOf(const Value& frame) {
  return frame["function"].IsNull() ? "" : frame["function"].GetString();
}

// A call site, flat enough to compare: "2 x 2000 B at blame_cases.cc:74", and
// what is one-time: "0 x 0 B once 1 x 500 B at ...".
std::string Text(const Value& site) {
  const auto number = [&](const char* field) {
    return site[field].GetDouble();
  };
  std::string text =
      fmt::format("{} x {} B", number("allocs_per_op"), number("bytes_per_op"));
  if (number("one_time_allocs") > 0)
    text += fmt::format(" once {} x {} B", number("one_time_allocs"),
                        number("one_time_bytes"));
  return text + " at " + PlaceOf(site);
}

std::vector<std::string> Places(const Value& path) {
  std::vector<std::string> places;
  for (const Value& frame : path["frames"].GetArray())
    places.push_back(PlaceOf(frame));
  return places;
}

// What `opstat blame --json` says of one benchmark of a program.
class Blamed {
 public:
  Blamed(const std::string& program, const std::string& benchmark)
      : outcome_(Opstat({"blame", "--json", "--min-time", "0.001", "--",
                         program, "--benchmark_filter=^" + benchmark + "$"})) {
    document_.Parse(outcome_.out.c_str());
    if (outcome_.code != 0) throw std::runtime_error(outcome_.err);
  }

  const Value& operator*() const { return document_["benchmarks"][0]; }
  const Value& Site(rapidjson::SizeType i) const {
    return (**this)["sites"][i];
  }
  std::vector<std::string> Sites() const {
    std::vector<std::string> sites;
    for (const Value& site : (**this)["sites"].GetArray())
      sites.push_back(Text(site));
    return sites;
  }
  const std::string& err() const { return outcome_.err; }

 private:
  Outcome outcome_;
  rapidjson::Document document_;
};

using Strings = std::vector<std::string>;

// The same source, compiled and linked in different ways.
class EveryBuild : public testing::TestWithParam<const char*> {
 protected:
  static Blamed Blame(const std::string& benchmark) {
    return {GetParam(), benchmark};
  }
};

TEST_P(EveryBuild, ShowsNothingWhereNothingAllocates) {
  const Blamed found = Blame("Nothing");
  EXPECT_EQ(found.Sites(), Strings{});
}

TEST_P(EveryBuild, GivesAVectorsGrowthToWhoPushes) {
  const Blamed found = Blame("VectorGrows");
  EXPECT_EQ(found.Sites(), Strings{"8 x 1020 B at " + Marked("vector")});
  EXPECT_EQ(FunctionOf(found.Site(0)),
            "cases::Fill(std::vector<int, std::allocator<int> >&)");
}

TEST_P(EveryBuild, LeadsFromTheSiteToTheBenchmarkAndNoFurther) {
  const Blamed found = Blame("VectorGrows");
  EXPECT_EQ(Places(found.Site(0)["paths"][0]),
            (Strings{Marked("vector"), Marked("vector's caller")}));
}

TEST_P(EveryBuild, SeesThroughInlining) {
  const Blamed found = Blame("Inlined");
  const Value& site = found.Site(0);
  EXPECT_EQ(Text(site), "1 x 70 B at " + Marked("inlined"));
  EXPECT_EQ(FunctionOf(site), "cases::MakeInlined()");
  EXPECT_EQ(Places(site["paths"][0]),
            (Strings{Marked("inlined"), Marked("inlined's caller")}));
}

TEST_P(EveryBuild, TakesARecursionForOneSite) {
  const Blamed found = Blame("Recursive");
  EXPECT_EQ(found.Sites(), Strings{"4 x 40 B at " + Marked("recursive")});
  const Value& paths = found.Site(0)["paths"];
  ASSERT_EQ(paths.Size(), 1U);
  EXPECT_EQ(Places(paths[0]),
            (Strings{Marked("recursive"), Marked("recursive's caller")}));
}

TEST_P(EveryBuild, TellsThePathsToASharedHelperApart) {
  const Blamed found = Blame("TwoPaths");
  EXPECT_EQ(found.Sites(), Strings{"3 x 2100 B at " + Marked("helper")});
  const Value& paths = found.Site(0)["paths"];
  ASSERT_GE(paths.Size(), 2U);
  EXPECT_EQ(Places(paths[paths.Size() - 1])[1],
            Marked("helper's first caller"));
  EXPECT_EQ(Places(paths[0])[1], Marked("helper's second caller"));
}

// A sanitizer's runtime allocates for each thread, too.
#ifndef OPSTAT_SANITIZER
TEST_P(EveryBuild, FindsWhatAStartedThreadAllocates) {
  const Blamed found = Blame("InThread");
  const Strings sites = found.Sites();
  ASSERT_EQ(sites.size(), 2U);
  EXPECT_EQ(sites[0], "1 x 1000 B at " + Marked("in a thread"));
  EXPECT_TRUE(sites[1].starts_with("1 x 16 B")) << "the std::thread itself";
}
#endif

TEST_P(EveryBuild, DividesByTheIterationsOfAllThreads) {
  const Blamed found = Blame("OnThreads/threads:3");
  EXPECT_EQ(found.Sites(), Strings{"1 x 30 B at " + Marked("on threads")});
}

TEST_P(EveryBuild, LooksIntoSharedLibraries) {
  const Blamed found = Blame("InLibrary");
  const Value& site = found.Site(0);
  EXPECT_EQ(Text(site), "1 x 40 B at " + Marked("library", "blame_library.cc"));
  EXPECT_EQ(Places(site["paths"][0])[1], Marked("library's caller"));
}

TEST_P(EveryBuild, GivesWhatLibcAllocatesToItsCaller) {
  const Blamed found = Blame("CLibrary");
  EXPECT_EQ(found.Sites(), Strings{"1 x 10 B at " + Marked("strdup")});
}

TEST_P(EveryBuild, LeavesPausedRegionsOut) {
  const Blamed found = Blame("Paused");
  EXPECT_EQ(found.Sites(), Strings{"1 x 20 B at " + Marked("not paused")});
}

TEST_P(EveryBuild, TellsAWarmUpApart) {
  const Blamed found = Blame("WarmsUp");
  EXPECT_EQ(found.Sites(),
            (Strings{"1 x 20 B at " + Marked("every iteration"),
                     "0 x 0 B once 1 x 500 B at " + Marked("warm-up")}));
}

TEST_P(EveryBuild, DividesWhatHappensSometimes) {
  const Blamed found = Blame("Sometimes/iterations:1000");
  EXPECT_EQ(found.Sites(), Strings{"0.005 x 0.5 B at " + Marked("sometimes")});
}

TEST_P(EveryBuild, KnowsFixtures) {
  const Blamed found = Blame("Fixture/Case");
  EXPECT_EQ(found.Sites(), Strings{"1 x 100 B at " + Marked("fixture")});
}

INSTANTIATE_TEST_SUITE_P(Cases, EveryBuild,
                         testing::Values(
#ifdef OPSTAT_BLAME_UNTOUCHED
                             OPSTAT_BLAME_UNTOUCHED,
#endif
                             OPSTAT_BLAME_OPTIMIZED, OPSTAT_BLAME_UNOPTIMIZED));

TEST(Blame, AccountsForEveryAllocation) {
  for (const char* name : {"VectorGrows", "TwoPaths", "InThread", "WarmsUp"}) {
    const Blamed found(OPSTAT_BLAME_OPTIMIZED, name);
    const Value& rest = (*found)["not_attributed"];
    EXPECT_EQ(rest["allocs_per_op"].GetDouble(), 0) << name;
    EXPECT_EQ(rest["one_time_bytes"].GetDouble(), 0) << name;
  }
}

TEST(Blame, NamesTheFunctionWithoutDebugInformation) {
  const Blamed found(OPSTAT_BLAME_PLAIN, "VectorGrows");
  const Value& site = found.Site(0);
  EXPECT_EQ(Text(site), "8 x 1020 B at no line");
  EXPECT_EQ(FunctionOf(site),
            "cases::Fill(std::vector<int, std::allocator<int> >&)");
  EXPECT_NE(found.err().find("compile it with -g"), std::string::npos)
      << found.err();
}

TEST(Blame, KeepsCountsAndOffsetsOfAStrippedProgram) {
  const Blamed found(OPSTAT_BLAME_STRIPPED, "VectorGrows");
  const Value& site = found.Site(0);
  EXPECT_EQ(Text(site), "8 x 1020 B at no line");
  EXPECT_EQ(FunctionOf(site), "");
  EXPECT_GT(site["offset"].GetInt(), 0);
}

TEST(Blame, PrintsTheSiteAndItsCallers) {
  const Outcome outcome =
      Opstat({"blame", "--filter", "^VectorGrows$", "--min-time", "0.001", "--",
              OPSTAT_BLAME_OPTIMIZED});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(outcome.out.starts_with(
      "VectorGrows: 8 allocs/op, 1020 B/op (exact n=1)\n\n"
      "  allocs/op  B/op  call site\n"
      "          8  1020  cases::Fill(std::vector<int, std::allocator<int> "
      ">&)"))
      << outcome.out;
  EXPECT_NE(outcome.out.find("from cases::VectorGrows(benchmark::State&)"),
            std::string::npos)
      << outcome.out;
}

TEST(Blame, ShowsWhatIsNewOrGrewBetweenTwoPrograms) {
  const Outcome outcome = Opstat(
      {"blame", "--json", "--min-time", "0.001", "--filter", "^Changes$",
       "--base-cmd", "'" OPSTAT_BLAME_OPTIMIZED "'", "--head-cmd",
       "'" OPSTAT_BLAME_CONTENDER "' --benchmark_counters_tabular=true"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  rapidjson::Document document;
  document.Parse(outcome.out.c_str());
  EXPECT_STREQ(document["schema"].GetString(), "opstat.blame/1");
  const Value& found = document["benchmarks"][0];
  EXPECT_EQ(found["baseline"]["allocs_per_op"].GetDouble(), 3);
  EXPECT_EQ(found["contender"]["allocs_per_op"].GetDouble(), 5);
  const Value& sites = found["sites"];
  ASSERT_EQ(sites.Size(), 2U) << outcome.out;
  EXPECT_STREQ(sites[0]["change"].GetString(), "grew");
  EXPECT_EQ(PlaceOf(sites[0]), Marked("grew"));
  EXPECT_EQ(sites[0]["baseline"]["allocs_per_op"].GetDouble(), 1);
  EXPECT_EQ(sites[0]["contender"]["allocs_per_op"].GetDouble(), 3);
  EXPECT_EQ(sites[0]["contender"]["bytes_per_op"].GetDouble(), 30);
  EXPECT_STREQ(sites[1]["change"].GetString(), "new");
  EXPECT_EQ(PlaceOf(sites[1]), Marked("new"));
  EXPECT_TRUE(sites[1]["baseline"].IsNull());
}

TEST(Blame, SaysWhatShrankElsewhereAndWhatHasNoCounterpart) {
  const Outcome outcome =
      Opstat({"blame", "--min-time", "0.001", "--filter",
              "Changes|Only|Inlined", "--base-cmd", OPSTAT_BLAME_OPTIMIZED,
              "--head-cmd", OPSTAT_BLAME_CONTENDER});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("elsewhere: -1 allocs/op, -7 B/op"),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("Inlined: 1 allocs/op, 70 B/op (exact n=1)\n"
                             "  no call site is new or grew"),
            std::string::npos)
      << outcome.out;
  for (const char* warning : {"only in the baseline: OnlyInBaseline",
                              "only in the contender: OnlyInContender"})
    EXPECT_NE(outcome.err.find(warning), std::string::npos) << outcome.err;
}

TEST(Blame, GoesOnAfterABenchmarkThatFails) {
  const Outcome outcome =
      Opstat({"blame", "--min-time", "0.001", "--filter", "^(Inlined|Refuses)$",
              "--", OPSTAT_BLAME_OPTIMIZED});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_NE(outcome.out.find("Inlined: 1 allocs/op"), std::string::npos);
  EXPECT_NE(outcome.err.find("Refuses"), std::string::npos) << outcome.err;
}

TEST(Blame, CountsTheSameInEveryProcess) {
  const Outcome outcome =
      Opstat({"blame", "--min-time", "0.001", "--rounds", "3", "--filter",
              "TwoPaths", "--", OPSTAT_BLAME_OPTIMIZED});
  EXPECT_TRUE(
      outcome.out.starts_with("TwoPaths: 3 allocs/op, 2100 B/op (exact n=3)\n"))
      << outcome.out;
}

TEST(Blame, IsNamedWhereSomethingAllocatesMore) {
  const Outcome outcome =
      Opstat({"stat", TestData("known/10_zeros_allocs.A.txt"),
              TestData("known/10_zeros_allocs.B.txt")});
  EXPECT_NE(
      outcome.err.find("hint: opstat blame --base-cmd CMD --head-cmd CMD"),
      std::string::npos)
      << outcome.err;
  EXPECT_EQ(Opstat({"stat", TestData("known/01_shift5_n10.A.txt"),
                    TestData("known/01_shift5_n10.B.txt")})
                .err.find("opstat blame"),
            std::string::npos);
}

TEST(Blame, RefusesAProgramThatIsNotMeasured) {
  const Outcome outcome = Opstat({"blame", "--", OPSTAT_FAKE_BENCH});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_NE(outcome.err.find("opstat::harness"), std::string::npos)
      << outcome.err;
}

TEST(Blame, AsksForAProgram) {
  EXPECT_EQ(Opstat({"blame"}).code, 2);
  EXPECT_EQ(Opstat({"blame", "--base-cmd", "./a"}).code, 2);
  EXPECT_EQ(
      Opstat({"blame", "--base-cmd", "./a", "--head-cmd", "./b", "--", "./c"})
          .code,
      2);
}

}  // namespace
}  // namespace opstat::cli
