#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "opstat/measure/child.h"
#include "opstat/store/history.h"
#include "tests/cli/support.h"

// `opstat compare` of two programs that exist, and what goes on from there.
namespace opstat::cli {
namespace {

using Words = std::vector<std::string>;

class Compare : public testing::Test {
 protected:
  static std::string Fake(const std::string& mode) {
    return std::string("'" OPSTAT_FAKE_BENCH "' ") + mode;
  }

  Outcome Go(Words words) const {
    words.insert(words.begin(), "compare");
    words.insert(words.end(), {"--db", folder_ / "history.db"});
    return Opstat(words);
  }
  Outcome Measure(const std::string& base, const std::string& head,
                  Words more = {}) const {
    Words words = {"--base-cmd", Fake(base), "--head-cmd", Fake(head),
                   "--seed",     "7",        "--rounds",   "4"};
    words.insert(words.end(), more.begin(), more.end());
    return Go(words);
  }
  Outcome Show(Words words = {}) const {
    words.insert(words.begin(), "show");
    words.insert(words.end(), {"--db", folder_ / "history.db"});
    return Opstat(words);
  }

  static rapidjson::Document Json(const Outcome& outcome) {
    rapidjson::Document document;
    document.Parse(outcome.out.c_str());
    EXPECT_FALSE(document.HasParseError()) << outcome.out << outcome.err;
    return document;
  }
  // Of the rows of the clock that decides.
  static std::vector<std::string> Of(const rapidjson::Document& document,
                                     const char* field) {
    std::vector<std::string> texts;
    for (const auto& row : document["rows"].GetArray())
      if (std::string(row["unit"].GetString()) == "cpu-sec/op")
        texts.emplace_back(row[field].GetString());
    return texts;
  }

  // Finished so far, of the session being measured.
  std::ptrdiff_t Samples() const {
    std::error_code none_yet;
    std::ptrdiff_t lines = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(folder_ / "sessions", none_yet)) {
      const std::string text = ReadFile(file.path().string());
      lines += std::ranges::count(text, '\n');
    }
    return lines;
  }

  TemporaryFolder folder_;
};

TEST_F(Compare, NamesBlameWhereSomethingAllocatesMore) {
  const Outcome outcome =
      Go({"--base-cmd", OPSTAT_BLAME_OPTIMIZED, "--head-cmd",
          OPSTAT_BLAME_CONTENDER, "--filter", "^Changes$", "--rounds", "2",
          "--quick", "--min-time", "0.001"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(Contains(outcome.err,
                       "hint: opstat blame --base-cmd CMD --head-cmd CMD "
                       "--filter '^Changes$'"))
      << outcome.err;
}

TEST_F(Compare, ConfirmsARegressionWithFreshRounds) {
  const Outcome outcome =
      Measure("times-100", "times-110", {"--json", "--exit-code"});
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  const auto document = Json(outcome);
  EXPECT_STREQ(document["policy"]["mode"].GetString(), "screen-confirm");
  EXPECT_TRUE(document["interleaved"].GetBool());
  EXPECT_EQ(Of(document, "verdict"), Words(3, "regression"));
  EXPECT_EQ(Of(document, "stage"), Words(3, "confirmed"));
  for (const auto& row : document["rows"].GetArray())
    EXPECT_EQ(row["baseline"]["n"].GetInt(), 12);
  EXPECT_TRUE(Contains(outcome.err, "8 more rounds of Sort/8, Sort/64"));
}

TEST_F(Compare, RunsNothingAgainThatShowsNothing) {
  const Outcome outcome = Measure("times-100", "times-100", {"--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto document = Json(outcome);
  for (const auto& row : document["rows"].GetArray()) {
    if (std::string(row["unit"].GetString()) != "cpu-sec/op") continue;
    const bool screened = std::string(row["stage"].GetString()) == "screen";
    EXPECT_EQ(row["baseline"]["n"].GetInt() == 4, screened);
  }
}

TEST_F(Compare, QuickIsJudgedAtOnce) {
  const Outcome outcome =
      Measure("times-100", "times-110", {"--json", "--quick"});
  const auto document = Json(outcome);
  EXPECT_STREQ(document["policy"]["mode"].GetString(), "one-shot");
  EXPECT_EQ(Of(document, "stage"), Words(3, "one-shot"));
}

TEST_F(Compare, SaysWhatItWillDoBeforeItDoes) {
  const Outcome outcome = Measure("fine", "fine", {"--dry-run"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(Contains(outcome.out,
                       "3 benchmarks, 4 rounds and a warm-up: 30 "
                       "processes"))
      << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "seed 7"));
  EXPECT_TRUE(Contains(outcome.out, "baseline: "));
  EXPECT_TRUE(folder_.Files().empty()) << "something was stored";
}

TEST_F(Compare, TheSameProgramTwiceIsRecordedAsThisMachinesNoise) {
  const Outcome outcome = Measure("times-100", "times-100");
  EXPECT_TRUE(Contains(outcome.err, "the same program twice"));
  Measure("times-100", "times-110");
  store::History history(folder_ / "history.db",
                         store::History::Mode::kReadOnly);
  const std::string host(history.Load("latest").Fact("host.name"));
  const auto effects = history.IdenticalEffects(host);
  ASSERT_EQ(effects.size(), 3U);
  EXPECT_EQ(effects.at("Sort/8").size(), 1U);
}

TEST_F(Compare, TauComesFromTheNoiseRecorded) {
  for (int i = 0; i < 10; ++i)
    Go({"--base-cmd", Fake("times-100"), "--head-cmd", Fake("times-100"),
        "--rounds", "2", "--quick", "--filter", "Sort/8"});
  const auto document =
      Json(Measure("times-100", "times-110", {"--json", "--filter", "Sort/8"}));
  for (const auto& row : document["rows"].GetArray()) {
    if (std::string(row["role"].GetString()) != "decides") continue;
    EXPECT_STREQ(row["tau"]["origin"].GetString(), "10 A/A comparisons");
    EXPECT_GE(row["tau"]["value"].GetDouble(), 0.01);
  }
}

TEST_F(Compare, NamesBenchmarksOfOneSideOnly) {
  const Outcome outcome =
      Measure("fine", "lacks-64", {"--exit-code", "--quick"});
  EXPECT_EQ(outcome.code, 1) << "a missing benchmark fails";
  EXPECT_TRUE(Contains(outcome.out, "missing")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "New/1")) << outcome.out;
}

TEST_F(Compare, ACrashOnOneSideIsNamedAndTheOthersAreJudged) {
  const Outcome outcome =
      Measure("times-100", "crashes-on-64", {"--json", "--exit-code"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(Contains(outcome.err, "Sort/64")) << outcome.err;
  EXPECT_TRUE(Contains(outcome.err,
                       "signal 11 (Segmentation fault); it said: assertion "
                       "failed\n  \\x1b[31mat sort.cc:64\n"))
      << outcome.err;
  EXPECT_EQ(Of(Json(outcome), "benchmark"),
            (Words{"Sort/8", "Conv<float>/k:3 (a+b)"}));
}

TEST_F(Compare, ProgramsThatMisbehaveCostAMessageNotTheRest) {
  for (const char* mode : {"floods", "leaves-a-daemon"})
    EXPECT_EQ(Measure("fine", mode, {"--quick"}).code, 0) << mode;
  for (const char* mode : {"writes-nothing", "writes-garbage"}) {
    const Outcome outcome = Measure("fine", mode, {"--quick"});
    EXPECT_EQ(outcome.code, 4) << mode;
    EXPECT_TRUE(Contains(outcome.err, "no sample")) << outcome.err;
  }
  const Outcome hang =
      Measure("fine", "hangs-on-64", {"--quick", "--time-limit", "1"});
  EXPECT_EQ(hang.code, 4);
  EXPECT_TRUE(Contains(hang.err, "time limit")) << hang.err;
}

TEST_F(Compare, InterruptedItKeepsWhatItHasAndResumes) {
  std::thread interrupt([this] {
    while (Samples() < 5)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    measure::InterruptFlag() = true;
  });
  const Outcome first = Measure("times-100", "times-110", {"--rounds", "12"});
  interrupt.join();
  ASSERT_EQ(first.code, 130) << first.err;
  EXPECT_TRUE(Contains(first.err, "opstat compare --resume")) << first.err;
  EXPECT_EQ(first.out, "");

  const Outcome second = Go({"--resume", "--json"});
  ASSERT_EQ(second.code, 0) << second.err;
  const auto document = Json(second);
  EXPECT_STREQ(document["seed"].GetString(), "7");
  EXPECT_EQ(Of(document, "verdict"), Words(3, "regression"));
  for (const auto& row : document["rows"].GetArray())
    EXPECT_EQ(row["contender"]["n"].GetInt(), 36);
  EXPECT_EQ(Go({"--resume"}).code, 2) << "there is nothing left to resume";
}

TEST_F(Compare, AProgramBuiltAgainIsNotTheOneThatWasMeasured) {
  const std::string program = folder_ / "bench";
  std::filesystem::copy(OPSTAT_FAKE_BENCH, program);
  const Words words = {"--base-cmd", program + " fine", "--head-cmd",
                       Fake("fine"), "--quick",         "--rounds",
                       "2"};
  ASSERT_EQ(Go(words).code, 0);
  folder_.Write("bench", ReadFile(OPSTAT_FAKE_BENCH) + "# changed\n");
  const Outcome outcome = Go({"--more", "2"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_TRUE(Contains(outcome.err, "not the program")) << outcome.err;
}

TEST_F(Compare, MoreRoundsDecideWhatTooFewLeftUndecided) {
  const Outcome few =
      Measure("times-100", "times-110", {"--quick", "--rounds", "2", "--json"});
  EXPECT_EQ(Of(Json(few), "verdict"), Words(3, "undecided"));
  const Outcome more = Go({"--more", "10", "--json"});
  const auto document = Json(more);
  EXPECT_EQ(Of(document, "verdict"), Words(3, "regression"));
  EXPECT_DOUBLE_EQ(document["policy"]["alpha"].GetDouble(), 0.005);
  EXPECT_TRUE(Contains(more.err, "look 2 at these samples")) << more.err;
}

TEST_F(Compare, WhatTheBudgetCannotDecideIsUndecided) {
  const Outcome outcome =
      Measure("times-100", "times-110",
              {"--budget", "0.001s", "--exit-code", "--json"});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  const auto document = Json(outcome);
  EXPECT_EQ(Of(document, "verdict"), Words(3, "undecided"));
  EXPECT_EQ(document["rows"][0]["baseline"]["n"].GetInt(), 2);
}

TEST_F(Compare, ShowPrintsItAgain) {
  const Outcome text = Measure("times-100", "times-110");
  EXPECT_EQ(Show().out, text.out);
  const Outcome json = Measure("times-100", "times-105", {"--json"});
  EXPECT_EQ(Show({"--json"}).out, json.out);
  EXPECT_EQ(
      Opstat({"export", "--format", "report", "--db", folder_ / "history.db"})
          .code,
      0);
}

TEST_F(Compare, OnlyChangedRowsWhenAsked) {
  const Outcome outcome = Measure("times-100", "times-110", {"--only-changed"});
  EXPECT_TRUE(Contains(outcome.out, "regression")) << outcome.out;
  EXPECT_FALSE(Contains(outcome.out, "allocs/op")) << outcome.out;
}

TEST_F(Compare, MarkdownHoldsHostileNamesHarmlessly) {
  const Outcome outcome =
      Measure("hostile", "hostile",
              {"--quick", "--export-markdown", folder_ / "pr.md"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string markdown = ReadFile(folder_ / "pr.md");
  for (const char* harmful : {"A|B", "<b>", "\x1b"})
    EXPECT_FALSE(Contains(markdown, harmful)) << harmful << '\n' << markdown;
  // Within backticks nothing is a link or a mention.
  EXPECT_TRUE(Contains(markdown, "`C/http://x.y/[a](b)`")) << markdown;
  EXPECT_TRUE(Contains(markdown, "<code>A&#124;B&#47;&#60;b&#62;&#64;team"))
      << markdown;
  EXPECT_TRUE(Contains(markdown, "seed 7"));
  EXPECT_TRUE(Contains(markdown, "opstat show "));
  EXPECT_FALSE(Contains(outcome.out, "\x1b"));
}

TEST_F(Compare, LeavesNothingBesideTheDatabaseAndItsSessions) {
  Measure("fine", "fine", {"--quick"});
  for (const std::string& file : folder_.Files())
    EXPECT_TRUE(file == "sessions" || file.starts_with("history.db")) << file;
}

struct Misuse {
  Words words;
  const char* says;
};

TEST_F(Compare, AFilterThatMatchesNothingCountsABenchmarkOnce) {
  const Outcome outcome = Measure("fine", "lacks-64", {"--filter", "Nothing"});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(Contains(outcome.err, "none of the 4 benchmarks")) << outcome.err;
}

TEST_F(Compare, RefusesWhatCannotBeMeant) {
  const std::string fine = Fake("fine");
  for (const auto& [words, says] :
       {Misuse{{"--base-cmd", fine}, "no --head-cmd"},
        Misuse{{"--base-cmd", "a 'b", "--head-cmd", fine}, "unfinished"},
        Misuse{{"--base-cmd", fine, "--head-cmd", fine, "--head-env", "K"},
               "sets no variable"},
        Misuse{{"--base-cmd", fine, "--head-cmd", fine, "--budget", "5x"},
               "90s, 5m or 1h"},
        Misuse{{"--base-cmd", fine, "--head-cmd", fine, "--sort", "size"},
               "program, name, change"},
        Misuse{{"--base-cmd", fine, "--head-cmd", fine, "--", "x"},
               "nothing takes the 'x' behind --"},
        Misuse{{"--base-cmd", fine, "--head-cmd", fine, "--samples"},
               "--samples needs --json"},
        Misuse{{"--resume"}, "no interrupted compare"},
        Misuse{{"--more", "4"}, "no finished compare"},
        Misuse{{"--resume", "--base-cmd", fine}, "leave --base-cmd"}}) {
    const Outcome outcome = Go(words);
    EXPECT_EQ(outcome.code, 2) << says;
    EXPECT_TRUE(Contains(outcome.err, says)) << outcome.err;
  }
}

}  // namespace
}  // namespace opstat::cli
