#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <map>

#include "tests/cli/support.h"

// conv_bench through run, stat, the store and export: one sample's whole way.
namespace opstat::cli {
namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr bool kTimesCount = false;
#else
constexpr bool kTimesCount = true;
#endif

class EndToEnd : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    // Short and few: these tests claim nothing about time.
    const Outcome run =
        Opstat({"run", "--rounds", "2", "--min-time", "0.001", "--seed", "7",
                "--label", "conv", "--filter",
                "algo:im2col/shape:(GEMM|Deep|Strided)/", "--out",
                *folder_ / "conv.json", "--record", "--db",
                *folder_ / "history.db", "--", OPSTAT_CONV_BENCH});
    ASSERT_EQ(run.code, 0) << run.err;
  }
  static void TearDownTestSuite() { delete folder_; }

  static Outcome Stat(std::vector<std::string> more) {
    std::vector<std::string> words = {"stat", "--col",
                                      "scratch@(allocating pooled)"};
    words.insert(words.end(), more.begin(), more.end());
    words.push_back(*folder_ / "conv.json");
    return Opstat(words);
  }

  inline static TemporaryFolder* folder_ = nullptr;
};

TEST_F(EndToEnd, AllSixRowsLoseTheTwoBigBuffersExactly) {
  const Outcome outcome = Stat({"--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  rapidjson::Document document;
  document.Parse(outcome.out.c_str());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_STREQ(document["schema"].GetString(), "opstat.compare/1");
  EXPECT_TRUE(document["interleaved"].GetBool());
  std::map<std::string, int> rows;
  for (const auto& row : document["rows"].GetArray()) {
    const std::string unit = row["unit"].GetString();
    ++rows[unit];
    if (unit == "B/op") {
      // Output / (columns + matmul output + output), 2/13: arithmetic.
      EXPECT_DOUBLE_EQ(row["ratio"].GetDouble(), 2.0 / 13.0);
      EXPECT_STREQ(row["verdict"].GetString(), "improvement");
    }
    if (unit == "allocs/op") {
      EXPECT_EQ(row["baseline"]["center"].GetDouble(), 3);
      EXPECT_EQ(row["contender"]["center"].GetDouble(), 1);
      EXPECT_TRUE(row["p_value"].IsNull());
    }
  }
  EXPECT_EQ(rows["B/op"], 6);
  EXPECT_EQ(rows["allocs/op"], 6);
  EXPECT_EQ(rows["cpu-sec/op"], 6);
}

TEST_F(EndToEnd, TwoSamplesDecideNothingAboutTime) {
  const Outcome outcome = Stat({});
  const auto says = [&](const char* text) {
    return outcome.out.find(text) != std::string::npos;
  };
  EXPECT_EQ(says("undecided"), kTimesCount) << outcome.out;
  EXPECT_EQ(says("n too small"), kTimesCount) << outcome.out;
  EXPECT_EQ(says("built with a sanitizer"), !kTimesCount) << outcome.out;
}

TEST_F(EndToEnd, TheHistoryGivesTheSamplesBackToTheLastBit) {
  const Outcome exported =
      Opstat({"export", "--db", *folder_ / "history.db", "latest"});
  ASSERT_EQ(exported.code, 0) << exported.err;
  EXPECT_EQ(exported.out, ReadFile(*folder_ / "conv.json"));
}

TEST_F(EndToEnd, AComparisonIsStoredAndTheReportMakesItAgain) {
  ASSERT_EQ(Stat({"--record", "--db", *folder_ / "history.db"}).code, 0);
  const Outcome report =
      Opstat({"export", "--format", "report", "--db", *folder_ / "history.db"});
  ASSERT_EQ(report.code, 0) << report.err;
  rapidjson::Document document;
  document.Parse(report.out.c_str());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_STREQ(document["schema"].GetString(), "opstat.report/1");
  const auto& rows = document["comparison"]["rows"];
  ASSERT_GE(rows.Size(), 12U);
  EXPECT_EQ(rows[0]["samples"]["baseline"].Size(), 2U);
}

TEST_F(EndToEnd, ListShowsTheRunOnce) {
  const Outcome outcome =
      Opstat({"list", "--json", "--db", *folder_ / "history.db"});
  rapidjson::Document document;
  document.Parse(outcome.out.c_str());
  ASSERT_EQ(document["runs"].Size(), 1U) << outcome.out;
  EXPECT_STREQ(document["runs"][0]["label"].GetString(), "conv");
  EXPECT_EQ(document["runs"][0]["benchmarks"].GetInt(), 18);
}

TEST_F(EndToEnd, SamplesNameCompilerIsaAndSeed) {
  rapidjson::Document document;
  document.Parse(ReadFile(*folder_ / "conv.json").c_str());
  const auto& opstat = document["context"]["opstat"];
  EXPECT_STREQ(opstat["sample_unit"].GetString(), "process");
  EXPECT_STREQ(opstat["seed"].GetString(), "7");
  EXPECT_TRUE(opstat["facts"].HasMember("build.compiler"));
  EXPECT_TRUE(opstat["facts"].HasMember("isa"));
}

}  // namespace
}  // namespace opstat::cli
