#include <gtest/gtest.h>

#include <string>

#include "opstat/benchfmt/run.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/tracker_formats.h"
#include "tests/cli/support.h"

namespace opstat::cli {
namespace {

using benchfmt::Run;

std::string Zeros() { return TestData("known/10_zeros_allocs.A.json"); }

Run OneRun(const std::string& time = "2026-01-01T00:00:00+00:00") {
  Run run;
  run.id = "1f";
  run.time = time;
  run.label = "one";
  run.facts = {{"commit.hash", "c0ffee"}};
  return run;
}

// tests/testdata/trackers/check.py asks the services' own rules.
TEST(Export, TrackersGetMediansAndIntervals) {
  for (const auto& [format, golden] : {std::pair{"bmf", "bmf.json"},
                                       {"gh-action", "gh-action.json"},
                                       {"otava-csv", "otava.csv"}}) {
    const Outcome outcome =
        Opstat({"export", "--format", format, "--from", Zeros()});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    ExpectGolden(std::string("../trackers/") + golden, outcome.out);
  }
}

TEST(Bencher, NamesItRefusesAreShortenedAndStayDistinct) {
  benchfmt::Run run = OneRun();
  const std::string longest(1024, 'x');
  for (const std::string& name :
       {longest, longest + "a", longest + "b", std::string(" x")}) {
    run.benchmarks.push_back({name, {{"sec/op", {1e-9}}}});
  }
  const std::string text = WriteBencherMetrics(run);
  EXPECT_TRUE(Contains(text, "\"" + longest + "\":"));
  EXPECT_FALSE(Contains(text, longest + "a"));
  EXPECT_FALSE(Contains(text, "\" x"));
  std::size_t shortened = 0;
  for (std::size_t at = 0; (at = text.find("\"_", at)) != text.npos; ++at) {
    ++shortened;
  }
  EXPECT_EQ(shortened, 3u);
}

TEST(Bencher, MeasuresAreDistinctSlugs) {
  benchfmt::Run run = OneRun();
  run.benchmarks = {{"X",
                     {{"sec/op", {2e-9}},
                      {"Cache Misses/op", {3}},
                      {"cache-misses-op", {4}},
                      {"%", {5}},
                      {"iterations", {6}}}}};
  EXPECT_EQ(WriteBencherMetrics(run),
            R"({"X":{"latency":{"value":2.0},)"
            R"("cache-misses-op":{"value":3.0},)"
            R"("cache-misses-op-2":{"value":4.0},"unit":{"value":5.0}}})"
            "\n");
}

TEST(GitHubAction, RatesAreLeftOut) {
  benchfmt::Run run = OneRun();
  run.benchmarks = {{"X", {{"B/s", {1}}, {"allocs/op", {2}}}}};
  const std::string text = WriteGitHubAction(run);
  EXPECT_FALSE(Contains(text, "B/s"));
  EXPECT_TRUE(Contains(text, "X allocs/op"));
  run.benchmarks[0].measurements.pop_back();
  EXPECT_ANY_THROW(WriteGitHubAction(run));
}

TEST(Otava, LinesAreOldestFirstAndComplete) {
  benchfmt::Run old = OneRun();
  benchfmt::Run recent = OneRun("2026-01-02T00:00:00+00:00");
  old.benchmarks = {{"A", {{"B/op", {1}}}}, {"B", {{"B/op", {2}}}}};
  recent.benchmarks = {
      {"C", {{"B/op", {5}}}}, {"B", {{"B/op", {4}}}}, {"A", {{"B/op", {3}}}}};
  const benchfmt::Run runs[] = {recent, old};
  EXPECT_EQ(WriteOtavaCsv(runs),
            "time,commit,B B/op,A B/op\n"
            "2026-01-01T00:00:00+00:00,c0ffee,2,1\n"
            "2026-01-02T00:00:00+00:00,c0ffee,4,3\n");
}

TEST(Otava, ARunWithoutTimeIsRefused) {
  const Outcome outcome = Opstat({"export", "--format", "otava-csv", "--from",
                                  TestData("known/10_zeros_allocs.A.txt")});
  EXPECT_EQ(outcome.code, 5);
  EXPECT_TRUE(Contains(outcome.err, "no time")) << outcome.err;
}

TEST(Export, JsonLinesCarryAWholeHistory) {
  const TemporaryFolder folder;
  const std::string from = folder / "a.db";
  const std::string to = folder / "b.db";
  for (const char* file :
       {"known/10_zeros_allocs.A.json", "benchfmt/hyperfine-1.15.json"}) {
    ASSERT_EQ(Opstat({"import", "--db", from, TestData(file)}).code, 0);
  }
  const Outcome all = Opstat({"export", "--all", "--format", "jsonl", "--db",
                              from, "--out", folder / "all.jsonl"});
  ASSERT_EQ(all.code, 0) << all.err;
  const Outcome first = Opstat({"import", "--db", to, folder / "all.jsonl"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(Contains(first.out, "imported"));
  const Outcome again = Opstat({"import", "--db", to, folder / "all.jsonl"});
  EXPECT_FALSE(Contains(again.out, "imported")) << again.out;
  const Outcome back =
      Opstat({"export", "--all", "--format", "jsonl", "--db", to});
  EXPECT_EQ(back.out, ReadFile(folder / "all.jsonl"));
  EXPECT_EQ(Opstat({"export", "--all", "--format", "gbench", "--db", to}).code,
            2);
}

TEST(Export, ConvertsBetweenFormatsWithoutADatabase) {
  const TemporaryFolder folder;
  const std::string lines = folder / "zeros.jsonl";
  const auto convert = [](const std::string& from, const char* format,
                          const std::string& out) {
    return Opstat({"export", "--from", from, "--format", format, "-o", out});
  };
  ASSERT_EQ(convert(Zeros(), "jsonl", lines).code, 0);
  for (const char* format : {"gbench", "gobench", "csv"}) {
    EXPECT_EQ(convert(lines, format, "-").out,
              convert(Zeros(), format, "-").out)
        << format;
  }
}

}  // namespace
}  // namespace opstat::cli
