#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "opstat/cli/command.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

std::string Known(const std::string& name) { return TestData("known/" + name); }

TEST(App, HelpIsDataAndSucceeds) {
  const Outcome outcome = Opstat({"help"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(outcome.err.empty());
  ExpectGolden("help.txt", outcome.out);
  EXPECT_EQ(Opstat({"--help"}).out, outcome.out);
}

TEST(App, EveryCommandHasItsHelp) {
  for (const Command& command : Commands()) {
    const std::string name(command.name);
    const Outcome outcome = Opstat({"help", name});
    EXPECT_EQ(outcome.code, 0);
    ExpectGolden("help_" + name + ".txt", outcome.out);
    EXPECT_EQ(Opstat({name, "-h"}).out, outcome.out);
    EXPECT_EQ(Opstat({"--help", name}).out, outcome.out);
  }
}

TEST(App, VersionIsOneLineThatSaysWhatItWasBuiltFrom) {
  const std::string text = Opstat({"--version"}).out;
  EXPECT_TRUE(text.starts_with("opstat "));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  for (const char* part : {"commit ", "Google Benchmark 1.", "SQLite 3."})
    EXPECT_TRUE(Contains(text, part)) << text;
}

TEST(App, UnknownCommandNamesTheNearest) {
  const Outcome outcome = Opstat({"stats"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err,
            "opstat: unknown command 'stats'\n  did you mean 'opstat stat'?\n");
}

TEST(App, NoCommandIsAUsageError) { EXPECT_EQ(Opstat({}).code, 2); }

TEST(App, UnderJsonAnErrorIsADocument) {
  const struct {
    std::vector<std::string> words;
    int code;
  } cases[] = {{{"stat", "--json", "/no/such/file.json"}, 5},
               {{"list", "--json", "--limit=many"}, 2},
               {{"stat", "--format", "json", "--no-such-option"}, 2},
               {{"stats", "--json"}, 2},
               {{"--json", "list"}, 2},
               {{"compare", "--json", "--base-cmd", "/no/program"}, 2}};
  for (const auto& [words, code] : cases) {
    const Outcome outcome = Opstat(words);
    EXPECT_EQ(outcome.code, code) << words[0];
    EXPECT_TRUE(outcome.out.starts_with(
        R"({"error":{"code":)" + std::to_string(code) + R"(,"message":)"))
        << outcome.out;
    EXPECT_TRUE(outcome.err.empty()) << outcome.err;
  }
}

TEST(App, AfterTheDashesJsonIsTheProgramsOwn) {
  const Outcome outcome = Opstat({"run", "--", "/no/such/program", "--json"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(outcome.out.empty());
}

TEST(App, CommonOptionsMayStandBeforeTheCommand) {
  const std::string file = Known("10_zeros_allocs.A.json");
  const std::string plain = Opstat({"stat", file}).out;
  for (const std::vector<std::string>& before :
       {std::vector<std::string>{"-q"},
        {"--color=never"},
        {"--color", "never"},
        {"--quiet", "--color", "never"}}) {
    std::vector<std::string> words = before;
    words.insert(words.end(), {"stat", file});
    EXPECT_EQ(Opstat(words).out, plain) << before[0];
  }
}

TEST(App, AnotherOptionBeforeTheCommandIsNotTakenForTheCommand) {
  const Outcome outcome = Opstat({"--base-cmd", "x", "compare"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(Contains(outcome.err, "'--base-cmd' before the command"));
  EXPECT_EQ(Opstat({"--", "stat"}).code, 2);
  EXPECT_EQ(Opstat({"-"}).code, 2);
}

TEST(App, ABrokenConfigurationHidesNoHelp) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("opstat.toml", "rounds = ");
  setenv("OPSTAT_CONFIG", file.c_str(), 1);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"help", "run"},
        {"run", "-h"},
        {"completion", "bash"},
        {"--version"}})
    EXPECT_EQ(Opstat(words).code, 0) << words[0];
  EXPECT_EQ(Opstat({"list"}).code, 2);
  setenv("OPSTAT_CONFIG", "", 1);
}

TEST(Export, GoTextFromAFileNeedsNoDatabase) {
  const Outcome outcome = Opstat({"export", "--format", "gobench", "--from",
                                  Known("10_zeros_allocs.A.json")});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "Unit allocs/op assume=exact"));
  EXPECT_TRUE(Contains(outcome.out, "BenchmarkZeroToFive"));
}

TEST(Import, AThirdPartyFileIsOneRunHoweverOftenItComes) {
  const TemporaryFolder folder;
  const std::string database = folder / "history.db";
  const std::string file = TestData("benchfmt/gbench-v1.8.4.json");
  const Outcome first = Opstat({"import", "--db", database, file});
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(first.out.starts_with("imported")) << first.out;
  EXPECT_TRUE(Contains(first.err, "within one process")) << first.err;
  EXPECT_TRUE(Opstat({"import", "--db", database, file})
                  .out.starts_with("already there"));
  EXPECT_TRUE(
      Contains(Opstat({"list", "--db", database}).out, "gbench-v1.8.4"));
}

TEST(Import, ADatabaseThatIsAFolderIsRefused) {
  const TemporaryFolder folder;
  const Outcome outcome =
      Opstat({"import", "--db", folder / "", Known("01_shift5_n10.A.json")});
  EXPECT_EQ(outcome.code, 5);
  EXPECT_TRUE(folder.Files().empty());
}

TEST(List, AHostileLabelSteersNoTerminal) {
  const TemporaryFolder folder;
  const std::string database = folder / "history.db";
  const std::string label = "red\x1b[31m\nand a line";
  ASSERT_EQ(Opstat({"import", "--db", database, "--label", label,
                    Known("01_shift5_n10.A.json")})
                .code,
            0);
  const std::string listed = Opstat({"list", "--db", database}).out;
  EXPECT_TRUE(Contains(listed, "red\\x1b[31m")) << listed;
  EXPECT_FALSE(Contains(listed, "\x1b"));
}

TEST(List, AMissingDatabaseIsNotMade) {
  const TemporaryFolder folder;
  const Outcome outcome = Opstat({"list", "--db", folder / "history.db"});
  EXPECT_EQ(outcome.code, 5);
  EXPECT_TRUE(folder.Files().empty());
}

TEST(Run, WithoutAProgramSaysHow) {
  const Outcome outcome = Opstat({"run"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(Contains(outcome.err, "opstat run -- ./my_bench"));
  EXPECT_EQ(Opstat({"run", "./my_bench"}).code, 2);
}

TEST(Run, ACrashingBenchmarkIsNamedTheRestIsKeptAndTheCodeIs4) {
  const TemporaryFolder folder;
  const Outcome outcome =
      Opstat({"run", "--rounds=2", "--out", folder / "a.json", "--",
              OPSTAT_FAKE_BENCH, "crashes-on-64"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(Contains(outcome.err, "Sort/64")) << outcome.err;
  EXPECT_TRUE(Contains(outcome.err, "failed\n  \\x1b[31mat sort.cc:64\n"));
  EXPECT_TRUE(Contains(ReadFile(folder / "a.json"), "Sort/8"));
  EXPECT_FALSE(Contains(ReadFile(folder / "a.json"), "Sort/64"));
}

TEST(Run, AFullDiskCostsTheFileNotTheSamples) {
  const TemporaryFolder folder;
  const Outcome outcome =
      Opstat({"run", "--rounds=2", "--out", "/dev/full", "--db",
              folder / "history.db", "--", OPSTAT_FAKE_BENCH, "fine"});
  EXPECT_EQ(outcome.code, 5);
  const std::string kept = "\n  the samples are kept: opstat import ";
  const std::size_t at = outcome.err.find(kept);
  ASSERT_NE(at, std::string::npos) << outcome.err;
  std::string file = outcome.err.substr(at + kept.size());
  file.pop_back();  // the line's end
  EXPECT_EQ(Opstat({"import", file, "--db", folder / "new.db"}).code, 0)
      << file;
}

struct BadRun {
  std::vector<std::string> words;
  int code;
  const char* says;
};
void PrintTo(const BadRun& run, std::ostream* out) { *out << run.says; }
class RunRefuses : public testing::TestWithParam<BadRun> {};

TEST_P(RunRefuses, WithItsCodeAndWhatToDo) {
  std::vector<std::string> words = {"run", "--rounds=2"};
  words.insert(words.end(), GetParam().words.begin(), GetParam().words.end());
  const Outcome outcome = Opstat(words);
  EXPECT_EQ(outcome.code, GetParam().code) << outcome.err;
  EXPECT_TRUE(Contains(outcome.err, GetParam().says)) << outcome.err;
}

INSTANTIATE_TEST_SUITE_P(
    Programs, RunRefuses,
    testing::Values(
        BadRun{{"--filter=Gemm", "--", OPSTAT_FAKE_BENCH, "fine"},
               4,
               "matches none of the 3"},
        BadRun{{"--time-limit=1", "--filter=64", "--", OPSTAT_FAKE_BENCH,
                "hangs-on-64"},
               4,
               "time limit"},
        BadRun{{"--", OPSTAT_FAKE_BENCH, "writes-garbage"}, 4, "no sample"},
        BadRun{{"--", OPSTAT_FAKE_BENCH, "lists-nothing"},
               4,
               "lists no benchmarks"},
        BadRun{{"--", "/no/such/program"}, 4, "/no/such/program"},
        BadRun{{"--round=3", "--", OPSTAT_FAKE_BENCH, "fine"},
               2,
               "did you mean --rounds?"},
        BadRun{{"--pin=9999", "--", OPSTAT_FAKE_BENCH, "fine"}, 2, "--pin"},
        BadRun{{"--record", "--db=/", "--", OPSTAT_FAKE_BENCH, "fine"},
               5,
               "folder"}));

TEST(Run, WhenNothingIsMeasuredNothingIsWritten) {
  const TemporaryFolder folder;
  const Outcome outcome = Opstat(
      {"run", "--rounds=2", "--out", folder / "a.json", "--record", "--db",
       folder / "history.db", "--", OPSTAT_FAKE_BENCH, "writes-nothing"});
  EXPECT_EQ(outcome.code, 4);
  const auto files = folder.Files();
  EXPECT_EQ(std::count(files.begin(), files.end(), "a.json"), 0);
}

TEST(Run, OutputThatCannotBeWrittenIsKnownBeforeMeasuring) {
  const Outcome outcome = Opstat({"run", "--out", "/proc/no/such.json", "--",
                                  OPSTAT_FAKE_BENCH, "hangs-on-64"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(Contains(outcome.err, "/proc/no/such.json"));
}

}  // namespace
}  // namespace opstat::cli
