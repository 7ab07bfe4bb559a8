#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

std::string Known(const std::string& name) { return TestData("known/" + name); }

struct Bad {
  const char* content;
  const char* says;
};
void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.says; }
class StatRefuses : public testing::TestWithParam<Bad> {};

TEST_P(StatRefuses, AFileWithWhatIsWrongWithIt) {
  const TemporaryFolder folder;
  const std::string path = folder.Write("bad.json", GetParam().content);
  const Outcome outcome = Opstat({"stat", path});
  EXPECT_EQ(outcome.code, 5);
  EXPECT_TRUE(Contains(outcome.err, path)) << outcome.err;
  EXPECT_TRUE(Contains(outcome.err, GetParam().says)) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Files, StatRefuses,
    testing::Values(Bad{"", "empty"}, Bad{"{\"context\":{},\"bench", "cut off"},
                    Bad{"{\"context\":{},\"benchmarks\":[]}", "no usable"},
                    Bad{"<html>", "this looks like"},
                    Bad{"a,b\n1,2\n", "this looks like"}));

TEST(Stat, AMissingFileAFolderAndNoFileAreRefused) {
  const TemporaryFolder folder;
  EXPECT_EQ(Opstat({"stat", folder / "missing.json"}).code, 5);
  EXPECT_EQ(Opstat({"stat", folder / ""}).code, 5);
  EXPECT_EQ(Opstat({"stat"}).code, 2);
}

TEST(Stat, SaysWhatTheCorrectionPromises) {
  const auto stat = [](const char* correction, const char* format) {
    return Opstat({"stat", "--assume-independent", "--correction", correction,
                   format, Known("10_zeros_allocs.A.txt"),
                   Known("10_zeros_allocs.B.txt")});
  };
  EXPECT_TRUE(Contains(stat("bh", "--all-units").out,
                       "share of alarms that are false 1% over 4 timed rows"));
  EXPECT_TRUE(Contains(stat("holm", "--json").out, R"("correction":"holm")"));
  EXPECT_EQ(stat("sidak", "--json").code, 2);
}

TEST(Stat, TwoGoFilesGiveBenchstatsTable) {
  const Outcome outcome =
      Opstat({"stat", "--assume-independent", Known("10_zeros_allocs.A.txt"),
              Known("10_zeros_allocs.B.txt")});
  EXPECT_EQ(outcome.code, 0);
  ExpectGolden("stat_zeros_allocs.txt", outcome.out);
}

TEST(Stat, TooFewSamplesAreSaidNotHidden) {
  const Outcome outcome = Opstat({"stat", "--assume-independent",
                                  Known("08_n3.A.txt"), Known("08_n3.B.txt")});
  ExpectGolden("stat_n3.txt", outcome.out);
}

TEST(Stat, RepetitionsWithinOneProcessGetNoVerdictOnTime) {
  const Outcome outcome = Opstat(
      {"stat", Known("01_shift5_n10.A.json"), Known("01_shift5_n10.B.json")});
  EXPECT_TRUE(Contains(outcome.out, "+5.61%")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "not-comparable")) << outcome.out;
  EXPECT_TRUE(
      Contains(outcome.err, "01_shift5_n10.A.json counts as one process"))
      << outcome.err;
}

TEST(Stat, OneFileAloneShowsItsSamples) {
  const Outcome outcome = Opstat({"stat", Known("10_zeros_allocs.A.txt")});
  EXPECT_EQ(outcome.code, 0);
  ExpectGolden("stat_alone.txt", outcome.out);
  EXPECT_EQ(Opstat({"stat", "--record", Known("10_zeros_allocs.A.txt")}).code,
            2);
}

// As benchstat does, also beside what has no other side.
TEST(Stat, OneFileAloneSaysThatItsSamplesAreFew) {
  ExpectGolden("stat_n3_alone.txt", Opstat({"stat", Known("08_n3.A.txt")}).out);
  const std::string few = "¹ need >= 6 samples for confidence interval at";
  EXPECT_TRUE(Contains(
      Opstat({"stat", "--format=markdown", Known("08_n3.A.txt")}).out, few));
  const std::string lost =
      Opstat({"stat", Known("08_n3.A.txt"), Known("10_zeros_allocs.A.txt")})
          .out;
  EXPECT_TRUE(Contains(lost, "missing ¹")) << lost;
  EXPECT_TRUE(Contains(lost, few)) << lost;
}

TEST(Stat, AFileThatIsNotThereSaysWhatWritesOne) {
  EXPECT_TRUE(Contains(Opstat({"stat", "no/such/file"}).err,
                       "No such file or directory\n  opstat run --out FILE"));
}

TEST(Stat, SamplesAreOfJsonAlone) {
  const std::string file = Known("08_n3.A.txt");
  EXPECT_EQ(Opstat({"stat", "--samples", file}).code, 2);
  EXPECT_EQ(Opstat({"stat", "--samples", "--format=csv", file}).code, 2);
  EXPECT_EQ(Opstat({"stat", "--samples", "--json", file}).code, 0);
  EXPECT_EQ(Opstat({"stat", "--samples", "--export-json", "-", file}).code, 0);
}

TEST(Stat, ExitCodeIsOneOnARegressionOnlyWhenAsked) {
  std::vector<std::string> words = {"stat", "--assume-independent",
                                    Known("01_shift5_n10.A.json"),
                                    Known("01_shift5_n10.B.json")};
  EXPECT_EQ(Opstat(words).code, 0);
  words.insert(words.begin() + 1, "--exit-code");
  EXPECT_EQ(Opstat(words).code, 1);
  std::swap(words[3], words[4]);
  EXPECT_EQ(Opstat(words).code, 0);
}

TEST(Stat, UnknownColumnKeyListsThoseThereAre) {
  const Outcome outcome =
      Opstat({"stat", "--col", "dtype", Known("01_shift5_n10.A.json")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(Contains(outcome.err, "keys of names: k;")) << outcome.err;
}

std::vector<std::string> SeveralTables(const std::string& format) {
  return {"stat",
          "--format=" + format,
          "--assume-independent",
          "--judge=MB/s",
          "--col=.file,/format",
          "--row=/size@num",
          "--table=.name",
          "--where=-/size:16",
          "before=" + TestData("projections/old.txt"),
          "after=" + TestData("projections/new.txt")};
}

TEST(Stat, PrintsSeveralTablesAndContendersInEveryFormat) {
  for (const std::string format : {"text", "csv", "markdown"}) {
    const Outcome outcome = Opstat(SeveralTables(format));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    ExpectGolden("stat_tables." + format, outcome.out);
  }
}

TEST(Stat, NamesTheTableOfARowInJson) {
  const Outcome outcome = Opstat(SeveralTables("json"));
  rapidjson::Document document;
  document.Parse(outcome.out.c_str());
  ASSERT_FALSE(document.HasParseError()) << outcome.out;
  const auto& row = document["rows"][0];
  EXPECT_STREQ(row["benchmark"].GetString(), "1k");
  EXPECT_STREQ(row["table"][".name"].GetString(), "Encode");
  EXPECT_STREQ(row["key"]["size"].GetString(), "1k");
  EXPECT_STREQ(document["contenders"][2]["label"].GetString(), "after json");
  EXPECT_STREQ(document["geomean"][0]["table"][".name"].GetString(), "Encode");
}

TEST(Stat, ExportsBesideWhatItPrints) {
  const TemporaryFolder folder;
  const std::vector<std::string> files{Known("08_n3.A.txt"),
                                       Known("08_n3.B.txt")};
  const auto stat = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "stat");
    words.insert(words.end(), files.begin(), files.end());
    return Opstat(words).out;
  };
  EXPECT_EQ(stat({"--export-markdown", folder / "a.md", "--export-csv",
                  folder / "a.csv", "--export-json", folder / "a.json"}),
            stat({}));
  EXPECT_EQ(ReadFile(folder / "a.md"), stat({"--format=markdown"}));
  EXPECT_EQ(ReadFile(folder / "a.csv"), stat({"--format=csv"}));
  EXPECT_EQ(ReadFile(folder / "a.json"), stat({"--json"}));
}

TEST(Stat, ListsBenchmarksOfOneSideOnly) {
  const Outcome outcome = Opstat({"stat", TestData("projections/old.txt"),
                                  TestData("projections/new.txt")});
  EXPECT_TRUE(Contains(outcome.out, "missing")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "  new")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "1 missing, 1 new")) << outcome.out;
}

TEST(Stat, RefusesRowsWithoutATimeByName) {
  const TemporaryFolder folder;
  const std::string path = folder.Write("bad.txt",
                                        "BenchmarkGood 1 5 ns/op\n"
                                        "BenchmarkNaN 1 NaN ns/op\n"
                                        "BenchmarkInf 1 +Inf ns/op\n"
                                        "BenchmarkZero 1 0 ns/op\n"
                                        "BenchmarkNegative 1 -5 ns/op\n");
  const Outcome outcome = Opstat({"stat", path});
  EXPECT_EQ(outcome.code, 0);
  for (const char* name : {"NaN", "Inf", "Zero", "Negative"})
    EXPECT_TRUE(Contains(outcome.err, name)) << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "Good")) << outcome.out;
}

TEST(Stat, HostileNamesStayInTheirCells) {
  const std::string file = TestData("benchfmt/hostile_names.json");
  for (const std::string format : {"text", "csv", "markdown"}) {
    const Outcome outcome = Opstat({"stat", "--format=" + format, file});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    ExpectGolden("stat_hostile." + format, outcome.out);
  }
}

struct BadOption {
  const char* option;
  const char* says;
};
void PrintTo(const BadOption& bad, std::ostream* out) { *out << bad.option; }
class StatOption : public testing::TestWithParam<BadOption> {};

TEST_P(StatOption, IsRefusedWithWhatIsWrong) {
  const Outcome outcome =
      Opstat({"stat", GetParam().option, Known("01_shift5_n10.A.txt")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(Contains(outcome.err, GetParam().says)) << outcome.err;
  const Outcome json = Opstat({"stat", "--format", "json", GetParam().option,
                               Known("01_shift5_n10.A.txt")});
  EXPECT_TRUE(json.out.starts_with(R"({"error":{"code":2)")) << json.out;
}

INSTANTIATE_TEST_SUITE_P(
    Bad, StatOption,
    testing::Values(BadOption{"--where=k", "--where 'k': expected key:value"},
                    BadOption{"--row=k@up", "orders are @alpha, @num"},
                    BadOption{"--table=.unit", "each unit has a table anyway"},
                    BadOption{"--ignore=,", "expected a key at character 1"},
                    BadOption{"--filter=(", "not a regular expression"},
                    BadOption{"--judge=:up", "--judge: ':up'"},
                    BadOption{"--col=k", "is its only value"},
                    BadOption{"--alpha=2", "--alpha takes a number"}));

}  // namespace
}  // namespace opstat::cli
