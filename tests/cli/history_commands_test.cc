// The history from the command line: tags, pruning, what could not be stored.
#include <gtest/gtest.h>

#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/unrecorded.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

namespace fs = std::filesystem;

class HistoryCommands : public testing::Test {
 protected:
  // A run of one benchmark, measured on that day of 2020.
  void Import(const std::string& id, const std::string& day) {
    ImportAt(id, "2020-01-" + day + "T00:00:00Z");
  }
  void ImportAt(const std::string& id, const std::string& time) {
    benchfmt::Run run;
    run.id = id;
    run.label = "l";
    run.time = time;
    run.benchmarks = {{"b", {{"sec/op", {1, 2}}}}};
    const std::string file =
        folder_.Write(id + ".jsonl", benchfmt::WriteJsonLines({&run, 1}));
    const Outcome outcome = History({"import", file});
    ASSERT_EQ(0, outcome.code) << outcome.err;
  }
  Outcome History(std::vector<std::string> words) const {
    words.insert(words.begin() + 1, {"--db", folder_ / "history.db"});
    return Opstat(words);
  }

  TemporaryFolder folder_;
};

TEST_F(HistoryCommands, ATagStandsForItsRun) {
  Import("aa11", "01");
  Import("bb22", "02");
  EXPECT_EQ("v1 aa11\n", History({"tag", "v1", "aa"}).out);
  EXPECT_EQ("new bb22\n", History({"tag", "new"}).out);
  EXPECT_TRUE(
      Contains(History({"export", "--format", "jsonl", "v1"}).out, "aa11"));
  EXPECT_EQ(0, History({"show", "v1"}).code);
  EXPECT_TRUE(Contains(History({"list"}).out, "tags"));
  EXPECT_TRUE(Contains(History({"list", "--json"}).out, R"("tags":["v1"])"));
  EXPECT_EQ(0, History({"tag", "--delete", "v1"}).code);
  EXPECT_EQ(5, History({"export", "v1"}).code);
  EXPECT_EQ(5, History({"tag", "--delete", "v1"}).code);
  EXPECT_EQ(2, History({"tag", "latest"}).code);
  EXPECT_EQ(2, History({"tag"}).code);
}

TEST_F(HistoryCommands, ListsTheNewestFirstInOneFormatOfTime) {
  ImportAt("bb22", "2020-01-02T00:00:00Z");
  ImportAt("dd44", "");
  ImportAt("cc33", "2020-01-03T01:30:00+02:00");
  ImportAt("aa11", "2020-01-01 00:00");
  ImportAt("ee55", "yesterday");
  const std::string listed = History({"list"}).out;
  std::size_t at = 0;
  for (const char* line :
       {"cc33  2020-01-02T23:30:00Z  l", "bb22  2020-01-02T00:00:00Z  l",
        "aa11  2020-01-01T00:00:00Z  l", "ee55  yesterday             l",
        "dd44  -                     l"}) {
    const std::size_t found = listed.find(line, at);
    ASSERT_NE(found, std::string::npos) << line << " in\n" << listed;
    at = found;
  }
  const std::string two = History({"list", "-n", "2"}).out;
  EXPECT_TRUE(Contains(two, "bb22") && !Contains(two, "aa11")) << two;
}

TEST_F(HistoryCommands, ShowRefusesWhatItHasNoUseOf) {
  Import("aa11", "01");
  const auto refuses = [&](const std::vector<std::string>& words,
                           const char* said) {
    const Outcome outcome = History(words);
    EXPECT_EQ(2, outcome.code) << said;
    EXPECT_TRUE(Contains(outcome.err + outcome.out, said)) << outcome.err;
  };
  refuses({"show", "--samples"}, "opstat show: --samples needs --json\n");
  refuses({"show", "aa11", "--only-changed"},
          "--only-changed needs a comparison; aa11 is a run\n");
  refuses({"show", "aa11", "--export-markdown", folder_ / "x.md"},
          "--export-markdown needs a comparison");
  refuses({"show", "--json", "--only-changed"},
          "--only-changed needs the table");
  EXPECT_EQ(0, History({"show", "aa11", "--json", "--samples"}).code);
  setenv("OPSTAT_SAMPLES", "1", 1);
  EXPECT_EQ(0, History({"show", "aa11"}).code) << "it holds for other calls";
  unsetenv("OPSTAT_SAMPLES");
}

TEST_F(HistoryCommands, ShowSortsTheRowsOfARun) {
  benchfmt::Run run;
  run.id = "aa11";
  run.benchmarks = {{"second", {{"sec/op", {1, 2}}}},
                    {"first", {{"sec/op", {1, 2}}}}};
  History({"import",
           folder_.Write("run.jsonl", benchfmt::WriteJsonLines({&run, 1}))});
  const std::string shown = History({"show", "--sort", "name"}).out;
  EXPECT_LT(shown.find("first"), shown.find("second")) << shown;
}

TEST_F(HistoryCommands, GcTakesWhatIsOldAndSaysWhat) {
  for (const char* day : {"01", "02", "03"})
    Import(std::string("aa") + day, day);
  History({"tag", "keep", "aa02"});
  const Outcome dry = History({"gc", "--older-than", "90d", "--dry-run"});
  EXPECT_EQ("aa03\naa01\n", dry.out);
  EXPECT_TRUE(Contains(dry.err, "would remove 2 runs with 4 samples"))
      << dry.err;
  EXPECT_TRUE(Contains(dry.err, "1 kept for their tags"));
  const Outcome done =
      History({"gc", "--older-than", "90d", "--keep-runs", "1", "--yes"});
  EXPECT_EQ(0, done.code);
  EXPECT_TRUE(Contains(done.err, "removed 1 run with 2 samples")) << done.err;
  EXPECT_EQ(5, History({"show", "aa01"}).code);
  EXPECT_EQ(0, History({"show", "aa02"}).code);
  EXPECT_EQ(0, History({"show", "aa03"}).code);
}

TEST_F(HistoryCommands, GcTakesNothingUnasked) {
  Import("aa11", "01");
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"gc"},
           {"gc", "--older-than", "90d"},
           {"gc", "--older-than", "90", "--yes"},
           {"gc", "--older-than", "-1d", "--yes"},
           {"gc", "--older-than", "90 days", "--yes"}})
    EXPECT_EQ(2, History(words).code);
  EXPECT_EQ(0, History({"gc", "--older-than", "100y", "--yes"}).code);
  EXPECT_EQ(0, History({"show", "aa11"}).code);
}

TEST_F(HistoryCommands, AComparisonOutlivesItsSamples) {
  const std::string old_file = TestData("known/01_shift5_n10.A.json");
  const std::string new_file = TestData("known/01_shift5_n10.B.json");
  ASSERT_TRUE(fs::exists(old_file)) << old_file;
  ASSERT_EQ(0, History({"stat", "--record", old_file, new_file}).code);
  const std::string before = History({"show", "--json"}).out;
  ASSERT_EQ(0, History({"gc", "--older-than", "0d", "--yes"}).code);
  EXPECT_EQ(before, History({"show", "--json"}).out);
  const Outcome text = History({"show"});
  EXPECT_EQ(5, text.code);
  EXPECT_TRUE(Contains(text.err, "opstat show --json")) << text.err;
}

TEST_F(HistoryCommands, BundlesComeInAnyOrderAndTwice) {
  for (const char* day : {"01", "02", "03"})
    Import(std::string("aa") + day, day);
  const std::string all = History({"export", "--all", "--format", "jsonl"}).out;
  std::vector<std::string> bundles;
  for (const char* id : {"aa02", "aa03", "aa01"})
    bundles.push_back(
        folder_.Write(std::string(id) + ".bundle",
                      History({"export", "--format", "jsonl", id}).out));
  for (int time = 0; time < 2; ++time)
    for (const std::string& bundle : bundles)
      EXPECT_EQ(0, Opstat({"import", "--db", folder_ / "b.db", bundle}).code);
  const std::string other = folder_ / "b.db";
  for (const char* id : {"aa01", "aa02", "aa03"})
    EXPECT_EQ(History({"export", "--format", "jsonl", id}).out,
              Opstat({"export", "--db", other, "--format", "jsonl", id}).out);
}

TEST_F(HistoryCommands, WhatCouldNotBeStoredIsKeptForImport) {
  Import("aa11", "01");
  std::vector<benchfmt::Run> runs =
      benchfmt::ReadRunsFile(folder_ / "aa11.jsonl");
  runs[0].id = "cc33";
  std::string hint;
  try {
    StoreOrKeep(runs, folder_ / "history.db", [] {
      throw Error(Failure::kBadData, "the disk is full", "free some space");
    });
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    hint = error.hint();
  }
  const std::string file = folder_ / "opstat-unrecorded-cc33.jsonl";
  EXPECT_TRUE(Contains(hint, "opstat import " + file)) << hint;
  EXPECT_TRUE(Contains(History({"import", file}).out, "imported cc33"));
}

TEST_F(HistoryCommands, AServerThatIsNotThereIsSaidWithoutThePassword) {
  const Outcome outcome = Opstat(
      {"list", "--db", "postgresql://me:hush@/d?host=" + (folder_ / "")});
  EXPECT_EQ(5, outcome.code);
  EXPECT_FALSE(Contains(outcome.err + outcome.out, "hush")) << outcome.err;
  EXPECT_TRUE(Contains(outcome.err, "me:***@")) << outcome.err;
}

}  // namespace
}  // namespace opstat::cli
