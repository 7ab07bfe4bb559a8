#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <cstdlib>

#include "opstat/store/history.h"
#include "tests/cli/support.h"

// `opstat gate` of files, of programs that exist, and of a run of the history.
namespace opstat::cli {
namespace {

using Words = std::vector<std::string>;

// A samples file of two benchmarks, `n` processes each.
std::string Samples(int allocs, double nanoseconds, const std::string& second,
                    int n = 4) {
  std::string rows;
  for (int i = 0; i < n; ++i)
    for (const std::string& name : {std::string("Parse"), second})
      rows += fmt::format(
          R"({}{{"name":"{}","run_type":"iteration","iterations":1000,)"
          R"("real_time":{},"cpu_time":{},"time_unit":"ns",)"
          R"("allocs/op":{},"B/op":{}}})",
          rows.empty() ? "" : ",", name, nanoseconds + i, nanoseconds + i,
          allocs, 64 * allocs);
  return R"({"context":{"opstat":{"schema":"opstat.samples/1",)"
         R"("sample_unit":"process","session":"s","seed":"1"}},)"
         R"("benchmarks":[)" +
         rows + "]}";
}

class Gate : public testing::Test {
 protected:
  Gate() {
    folder_.Write("one.json", Samples(1, 100, "Sort"));
    folder_.Write("two.json", Samples(2, 100, "Sort"));
    folder_.Write("other.json", Samples(1, 100, "Other"));
    unsetenv("GITHUB_ACTIONS");
  }

  Outcome Go(Words words) const {
    words.insert(words.begin(), "gate");
    words.insert(words.end(), {"--db", folder_ / "history.db"});
    return Opstat(words);
  }
  // Times of n=4 cannot reach alpha/m, so that only counts can fail.
  Outcome Files(const std::string& base, const std::string& head,
                Words more = {}) const {
    Words words = {"--from", folder_ / base, folder_ / head,
                   "--cannot-tell=pass"};
    words.insert(words.end(), more.begin(), more.end());
    return Go(words);
  }
  Outcome Under(const std::string& policy, Words more = {}) const {
    more.insert(more.end(), {"--policy", folder_.Write("policy.toml", policy)});
    return Files("one.json", "two.json", more);
  }

  TemporaryFolder folder_;
};

TEST_F(Gate, AnExactFindingFails) {
  const Outcome outcome = Files("one.json", "two.json");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(Contains(outcome.out, "FAIL         Parse"));
  EXPECT_TRUE(Contains(outcome.out, "+1 (+100.0%)"));
  EXPECT_TRUE(Contains(outcome.out, "gate failed: 4 of 6 gated rows"))
      << outcome.out;
  EXPECT_EQ(Files("one.json", "one.json").code, 0);
}

TEST_F(Gate, WhatItCannotTellIsThreeUnlessThatPasses) {
  const Words files = {"--from", folder_ / "one.json", folder_ / "one.json"};
  EXPECT_EQ(Go(files).code, 3);
}

TEST_F(Gate, ALostBenchmarkFails) {
  EXPECT_EQ(Files("one.json", "other.json").code, 1);
  const Outcome outcome = Files(
      "one.json", "other.json",
      {"--policy", folder_.Write("p.toml", "[[rule]]\nmissing = \"pass\"\n")});
  EXPECT_EQ(outcome.code, 0) << outcome.out;
}

TEST_F(Gate, NothingMatchedIsNeverGreen) {
  const Outcome unmatched =
      Files("one.json", "one.json", {"--filter", "Nothing"});
  EXPECT_EQ(unmatched.code, 4);
  EXPECT_TRUE(Contains(unmatched.err,
                       "--filter 'Nothing' matches none of 2 benchmarks"))
      << unmatched.err;
  const std::string report = "[[rule]]\nrole = \"report\"\n";
  EXPECT_EQ(Under(report).code, 4);
  EXPECT_TRUE(Contains(Under(report).out, "nothing was gated"));
}

TEST_F(Gate, FollowsItsPolicy) {
  EXPECT_EQ(Under("[[rule]]\nunit = [\"allocs/op\", \"B/op\"]\n"
                  "threshold = \"100%\"\n")
                .code,
            0);
  EXPECT_EQ(Under("[[rule]]\nunit = \"allocs/op\"\nthreshold = 1\n"
                  "[[rule]]\nunit = \"B/op\"\nthreshold = \"64B\"\n")
                .code,
            0);
  EXPECT_EQ(Under("[[rule]]\nbenchmark = \"^Sort\"\nrole = \"ignore\"\n").code,
            1);
  const Outcome outcome =
      Under("[[rule]]\nunit = \"allocs/op\"\nbudget = 1\nthreshold = 9\n");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(Contains(outcome.out, "2.000 is beyond the budget of 1.000"));
  EXPECT_TRUE(Contains(outcome.out, "policy.toml:1")) << outcome.out;
}

TEST_F(Gate, ABudgetIsPrintedInTheScaleOfItsValue) {
  folder_.Write("two.json", Samples(30, 100, "Sort"));
  const Outcome outcome =
      Under("[[rule]]\nunit = \"B/op\"\nbudget = \"1KiB\"\n");
  EXPECT_TRUE(Contains(outcome.out,
                       "1.875Ki B/op: 1.875Ki is beyond the budget of 1.000Ki"))
      << outcome.out;
}

TEST_F(Gate, WhatSomebodyMeantDoesNotFail) {
  const std::string accept =
      "[[accept]]\nbenchmark = \"^(Parse|Sort)\"\nreason = \"caches\"\n";
  const Outcome outcome = Under(accept + "until = 2999-01-01\n");
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "accepted     Parse")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "caches (policy.toml:1)"));
  EXPECT_EQ(Under(accept + "until = 2001-01-01\n").code, 1) << "expired";
}

TEST_F(Gate, OptionsGoBeforeThePolicysOwn) {
  const std::string policy =
      folder_.Write("p.toml", "[gate]\ncannot_tell = \"pass\"\n");
  const auto same = [&](Words more) {
    Words words = {"--from", folder_ / "one.json", folder_ / "one.json",
                   "--policy", policy};
    words.insert(words.end(), more.begin(), more.end());
    return Go(words).code;
  };
  EXPECT_EQ(same({}), 0);
  EXPECT_EQ(same({"--cannot-tell=fail"}), 3);
}

TEST_F(Gate, SaysWhereThePolicyCannotBeRead) {
  const auto refusal = [&](const std::string& policy) {
    const Outcome outcome = Under(policy);
    EXPECT_EQ(outcome.code, 2) << outcome.out;
    return outcome.err;
  };
  EXPECT_TRUE(Contains(refusal("[[rule]]\nunits = \"B/op\"\n"),
                       "policy.toml:2:1: a rule has no key 'units'"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\n\n  role = \"gates\"\n"),
                       "policy.toml:3:10: role takes gate, report, ignore"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\nthreshold = 5\n"),
                       "policy.toml:2:13: a threshold without %"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\nthreshold = \"-5%\"\n"),
                       "policy.toml:2:13: threshold takes a share"));
  EXPECT_TRUE(
      Contains(refusal("[[rule]]\nwhere = \"(\"\n"), "policy.toml:2:9: where"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\nbenchmark = \"(\"\n"),
                       "policy.toml:2:13: benchmark"));
  EXPECT_TRUE(Contains(refusal("[[rules]]\nrole = \"gate\"\n"),
                       "policy.toml:1:3: no table is called [[rules]]"));
  EXPECT_TRUE(Contains(refusal("[[rule]\n"), "policy.toml:1:"));
  EXPECT_TRUE(
      Contains(refusal("[[rule]]\nunit = \"time\"\nbudget = \"4KiB\"\n"),
               "policy.toml:3:10: '4KiB' is an amount of bytes"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\nunit = \"B/op\"\nbudget = \"1ms\"\n"),
                       "policy.toml:3:10: '1ms' is an amount of time"));
  EXPECT_TRUE(
      Contains(refusal("[[rule]]\nunit = \"allocs/op\"\nthreshold = \"64B\"\n"),
               "policy.toml:3:13: '64B' is an amount of bytes"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\nbudget = \"1ms\"\n"),
                       "policy.toml:2:10: '1ms' is an amount of time"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\nbudget = 0\n"),
                       "policy.toml:2:10: budget 0, but the rule names no "
                       "unit\n  unit = \"allocs/op\""));
  EXPECT_TRUE(
      Contains(refusal("[[rule]]\nthreshold = \"9%\"\nmust_see = \"5%\"\n"),
               "policy.toml:3:12: must_see, 5%, is smaller than"));
  EXPECT_TRUE(Contains(refusal("[[rule]]\nmust_see = \"1ms\"\n"),
                       "policy.toml:2:12: must_see takes a share"));
  EXPECT_TRUE(Contains(refusal("rule = 1\n"), "policy.toml:1:1"));
}

TEST_F(Gate, ANumberAloneIsNoTime) {
  for (const char* unit :
       {"ns/op", "sec/op", "time", "[\"B/op\", \"ns/op\"]"}) {
    const std::string text = *unit == '[' ? unit : fmt::format("\"{}\"", unit);
    const Outcome outcome =
        Under(fmt::format("[[rule]]\nunit = {}\nbudget = 200\n", text));
    EXPECT_EQ(outcome.code, 2) << unit;
    EXPECT_TRUE(Contains(outcome.err,
                         "policy.toml:3:10: budget 200 has no unit\n  write "
                         "\"200ns\", or"))
        << outcome.err;
  }
  EXPECT_TRUE(Contains(Under("[[rule]]\nunit = \"MB/s\"\nbudget = 200\n").err,
                       "\"200MB\""));
  EXPECT_NE(Under("[[rule]]\nunit = \"time\"\nbudget = 0\n").code, 2);
  EXPECT_NE(Under("[[rule]]\nunit = \"ns/op\"\nbudget = \"200 ns\"\n").code, 2);
}

TEST_F(Gate, APolicyThatIsNoFileIsRefused) {
  const auto refusal = [&](const std::string& path) {
    const Outcome outcome =
        Files("one.json", "one.json", {"--policy", folder_ / path});
    EXPECT_EQ(outcome.code, 2) << outcome.out;
    return outcome.err;
  };
  EXPECT_TRUE(Contains(refusal(""), "is a directory\n  name a file in it"));
  EXPECT_TRUE(Contains(refusal("none.toml"), "No such file or directory\n"));
}

TEST_F(Gate, SaysWhereItsOwnOptionsAreWrong) {
  const auto refuses = [&](const std::string& setting, Words more) {
    Words words = {"--from", folder_ / "one.json", folder_ / "one.json",
                   "--policy",
                   folder_.Write("policy.toml", "[gate]\n" + setting + "\n")};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = Go(words);
    const std::size_t column = setting.find('=') + 3;
    EXPECT_EQ(outcome.code, 2) << setting << outcome.out;
    EXPECT_TRUE(
        Contains(outcome.err, fmt::format("policy.toml:2:{}: ", column)))
        << outcome.err;
    EXPECT_FALSE(Contains(outcome.err, "opstat compare")) << outcome.err;
  };
  for (const char* setting :
       {"alpha = 3", "alpha = \"x\"", "must_see = 0", "rounds = -1",
        "cannot_tell = \"maybe\"", "filter = \"(\"", "budget = \"long\"",
        "alloc = \"perhaps\"", "allow_no_baseline = \"maybe\"", "quick = 2"}) {
    refuses(setting, {});
    refuses(setting, {"--dry-run"});
  }
}

TEST_F(Gate, JsonHasPolicyAndGate) {
  rapidjson::Document document;
  document.Parse(
      Under("[[rule]]\nunit = \"allocs/op\"\nthreshold = 1\n", {"--json"})
          .out.c_str());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_STREQ(document["schema"].GetString(), "opstat.compare/1");
  EXPECT_TRUE(
      Contains(document["policy"]["source"].GetString(), "policy.toml"));
  EXPECT_EQ(document["gate"]["exit_code"].GetInt(), 1);
  for (const auto& row : document["rows"].GetArray()) {
    const std::string unit = row["unit"].GetString();
    const std::string result = row["gate"]["result"].GetString();
    if (unit == "allocs/op") {
      EXPECT_EQ(result, "allowed");
    } else if (unit == "B/op") {
      EXPECT_EQ(result, "fail");
    }
  }
}

TEST_F(Gate, ARunOfTheHistoryIsABaseline) {
  Opstat({"import", folder_ / "one.json", "--db", folder_ / "history.db"});
  const Outcome outcome = Go({"--baseline", "latest", "--from",
                              folder_ / "two.json", "--cannot-tell=pass"});
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  EXPECT_EQ(Go({"--baseline", "latest", "--cannot-tell=pass"}).code, 2)
      << "the newest run is the baseline itself";
}

TEST_F(Gate, AProgramAloneIsToldWhatToCompareItWith) {
  const Outcome alone = Go({"--", OPSTAT_FAKE_BENCH, "fine"});
  EXPECT_EQ(alone.code, 2);
  EXPECT_TRUE(Contains(alone.err, "opstat gate --baseline RUN -- PROGRAM"))
      << alone.err;
  const Outcome half = Go({"--base-cmd", "./x"});
  EXPECT_EQ(half.code, 2);
  EXPECT_TRUE(Contains(half.err,
                       "opstat gate: no --head-cmd\n  opstat gate --base-cmd"))
      << half.err;
}

TEST_F(Gate, MeasuresAProgramAgainstABaseline) {
  const std::string file = folder_ / "base.json";
  const auto fake = [](const std::string& mode) {
    return Words{"--", OPSTAT_FAKE_BENCH, mode};
  };
  Words run = {"run",      "--rounds", "2",
               "--record", "--db",     folder_ / "history.db"};
  for (const std::string& word : fake("fine")) run.push_back(word);
  ASSERT_EQ(Opstat(run).code, 0);
  Words words = {
      "gate", "--baseline",          "latest",   "--rounds",
      "2",    "--cannot-tell=pass",  "--policy", folder_.Write("none.toml", ""),
      "--db", folder_ / "history.db"};
  for (const std::string& word : fake("lacks-64")) words.push_back(word);
  const Outcome outcome = Opstat(words);
  EXPECT_EQ(outcome.code, 1) << outcome.out << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "missing")) << outcome.out;
}

TEST_F(Gate, ACompareOfTwoProgramsIsGated) {
  const auto fake = [](const std::string& mode) {
    return std::string("'" OPSTAT_FAKE_BENCH "' ") + mode;
  };
  const Outcome outcome =
      Go({"--base-cmd", fake("times-100"), "--head-cmd", fake("times-110"),
          "--seed", "7", "--rounds", "4"});
  EXPECT_EQ(outcome.code, 1) << outcome.out << outcome.err;
  EXPECT_TRUE(Contains(outcome.out, "sec/op: estimate +")) << outcome.out;
  const Outcome shown =
      Opstat({"show", "--json", "--db", folder_ / "history.db"});
  EXPECT_TRUE(Contains(shown.out, R"("result":"fail")")) << shown.out;
}

TEST_F(Gate, AShownComparisonKeepsItsRules) {
  const auto fake = [](const std::string& mode) {
    return std::string("'" OPSTAT_FAKE_BENCH "' ") + mode;
  };
  const std::string policy = folder_.Write(
      "p.toml", "[[rule]]\nunit = \"time\"\nthreshold = \"+50%\"\n");
  const Outcome outcome =
      Go({"--base-cmd", fake("times-100"), "--head-cmd", fake("times-110"),
          "--seed", "7", "--rounds", "4", "--policy", policy});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  const Outcome shown =
      Opstat({"show", "--json", "--db", folder_ / "history.db"});
  EXPECT_TRUE(Contains(shown.out, R"("result":"allowed")")) << shown.out;
}

TEST_F(Gate, NamesNoOptionThatItLacks) {
  std::string other = Samples(1, 100, "Sort");
  other.replace(other.find("\"session\":\"s\""), 13, "\"session\":\"t\"");
  folder_.Write("later.json", other);
  for (const Words& more : {Words{}, Words{"--json"}}) {
    const Outcome outcome = Files("one.json", "later.json", more);
    EXPECT_TRUE(Contains(outcome.out, "measured in different sessions"));
    EXPECT_FALSE(Contains(outcome.out + outcome.err, "--assume-independent"))
        << outcome.out << outcome.err;
  }
}

TEST_F(Gate, ItsSelfTestIsRedUnderTheDefaults) {
  const Outcome outcome =
      Go({"--self-test", "--from", folder_ / "one.json", folder_ / "two.json"});
  EXPECT_TRUE(Contains(outcome.out, "+1 alloc/op in one.json"));
  EXPECT_TRUE(Contains(outcome.out, "slowdown in the bundled fixture"));
  EXPECT_TRUE(Contains(outcome.out, "2 of 2 rows")) << outcome.out;
  EXPECT_EQ(outcome.code, 1) << "a time of n=4 cannot turn red";
  EXPECT_TRUE(Contains(outcome.out, "CANNOT TELL")) << outcome.out;
  EXPECT_TRUE(Contains(outcome.out, "self-test could not tell"));
  EXPECT_TRUE(Contains(outcome.out, "opstat gate --rounds 10, then again"));
  EXPECT_TRUE(Contains(Go({"--self-test", "--cannot-tell=pass", "--from",
                           folder_ / "one.json", folder_ / "two.json"})
                           .out,
                       "would have passed a regression"));
  EXPECT_EQ(Go({"--self-test"}).code, 0);
}

TEST_F(Gate, ItsSelfTestRefusesWhatItWouldNotWrite) {
  for (const std::string& option :
       {std::string("--json"), "--junit=" + (folder_ / "gate.xml"),
        "--export-markdown=" + (folder_ / "gate.md")}) {
    const Outcome outcome = Go({"--self-test", option});
    EXPECT_EQ(outcome.code, 2) << option;
    EXPECT_TRUE(Contains(outcome.out + outcome.err, "takes no --"));
  }
}

TEST_F(Gate, ItsSelfTestFindsAPolicyThatLetsTimesPass) {
  folder_.Write("many.json", Samples(1, 100, "Sort", 12));
  const auto test = [&](const std::string& policy) {
    return Go({"--self-test", "--from", folder_ / "many.json",
               folder_ / "many.json", "--policy",
               folder_.Write("p.toml", policy)});
  };
  EXPECT_EQ(test("").code, 0) << test("").out;
  const Outcome reported =
      test("[[rule]]\nunit = \"time\"\nrole = \"report\"\n");
  EXPECT_EQ(reported.code, 0);
  EXPECT_TRUE(Contains(reported.out, "not gated  slowdown in "))
      << reported.out;
  EXPECT_EQ(test("alpha = 1e-9\n").code, 1) << "no n=12 can prove that";
}

}  // namespace
}  // namespace opstat::cli
