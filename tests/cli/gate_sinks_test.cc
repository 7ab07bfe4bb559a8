#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "opstat/cli/amount.h"
#include "opstat/cli/capped.h"
#include "opstat/cli/gate_report.h"
#include "opstat/cli/github.h"
#include "opstat/cli/pull_request.h"
#include "opstat/cli/xml.h"
#include "opstat/compare/gate.h"
#include "tests/cli/support.h"
#include "tests/compare/runs.h"

// What a gate writes for other programs, with names that would break out.
namespace opstat::cli {
namespace {

using compare::Comparison;

const std::string kHostile =
    "A|`x` @bob #1 [l](http://e) <b>&\"'\x01\x1b[2J\n::error::%0Ax,y:z \xff";

Comparison Regressed(const std::vector<std::string>& names) {
  std::vector<benchfmt::Run> runs = {compare::MakeRun("base"),
                                     compare::MakeRun("head")};
  for (const std::string& name : names) {
    compare::Add(runs[0], name, "allocs/op", {1});
    compare::Add(runs[1], name, "allocs/op", {2});
  }
  return compare::CompareRuns(runs);
}

GateReport ReportOf(const Comparison& comparison) {
  return {.comparison = comparison,
          .id = "1a2b3c",
          .failures = {},
          .blamed = {},
          .exit_code = comparison.outcome};
}

std::ptrdiff_t LinesIn(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

TEST(GateReport, WhatACrashedProgramSaidKeepsItsLines) {
  const Comparison comparison = Regressed({"Sort"});
  GateReport report = ReportOf(comparison);
  report.failures = {"Sort/64: signal 11; it said: *bad*\n\x1b[2Jat <b>"};
  EXPECT_TRUE(Contains(GateMarkdown(report),
                       "it said: \\*bad\\*  \n  \\\\x1b\\[2Jat \\<b>\n"))
      << GateMarkdown(report);
  EXPECT_TRUE(Contains(GateJunit(report),
                       "it said: *bad*&#10;\\x1b[2Jat &lt;b&gt;\"/>\n"))
      << GateJunit(report);
}

TEST(PullRequestText, ANoteWithoutAVerdictBeginsItsCell) {
  std::vector<benchfmt::Run> runs = {compare::MakeRun("base"),
                                     compare::MakeRun("head")};
  compare::Add(runs[0], "Sort", "items", {7, 8});
  compare::Add(runs[1], "Sort", "items", {8, 9});
  const std::string text = PullRequestText(compare::CompareRuns(runs), "1a2b");
  EXPECT_TRUE(Contains(text, "| need ")) << text;
  EXPECT_FALSE(Contains(text, "| ; ")) << text;
}

TEST(XmlText, HoldsNothingThatXmlCannot) {
  EXPECT_EQ(XmlText("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&apos;");
  EXPECT_EQ(XmlText("\x01\x1b\n"), "\\x01\\x1b\\x0a");
  EXPECT_EQ(XmlText("\uFFFE\uFFFF"), "\\u{FFFE}\\u{FFFF}");
  EXPECT_EQ(XmlText("\xff"), "\\xff");
}

TEST(Junit, IsWellFormedWhateverTheNames) {
  const Comparison comparison = Regressed({kHostile, "Fine"});
  const std::string xml = GateJunit(ReportOf(comparison));
  EXPECT_TRUE(Contains(xml, "tests=\"2\" failures=\"2\""));
  EXPECT_TRUE(Contains(xml, "<failure type=\"regression\""));
  EXPECT_FALSE(Contains(xml, "\x1b"));
  EXPECT_FALSE(Contains(xml, "<b>"));
}

TEST(Junit, OfNothingGatedHasAnError) {
  const Comparison comparison = Regressed({});
  EXPECT_TRUE(Contains(GateJunit(ReportOf(comparison)),
                       "tests=\"1\" failures=\"0\" errors=\"1\""));
}

TEST(Junit, CountsTheRowsThatTheTextCounts) {
  std::vector<benchfmt::Run> runs = {compare::MakeRun("base"),
                                     compare::MakeRun("head")};
  for (const char* unit : {"allocs/op", "frees/op"}) {
    compare::Add(runs[0], "Parse", unit, {1});
    compare::Add(runs[1], "Parse", unit, {2});
  }
  const Comparison comparison = compare::CompareRuns(runs);
  const GateReport report = ReportOf(comparison);
  EXPECT_TRUE(Contains(GateText(report), "failed: 1 of 1 gated row"));
  EXPECT_TRUE(Contains(GateJunit(report), "tests=\"1\" failures=\"1\""));
}

TEST(Junit, WhatCannotBeToldIsAnErrorUnlessItPasses) {
  Comparison comparison = Regressed({"Worse", "Noisy", "Shown"});
  comparison.rows[1].gate.result = compare::GateResult::kCannotTell;
  comparison.rows[2].gate.result = compare::GateResult::kReport;
  GateReport report = ReportOf(comparison);
  report.failures = {"Hangs: no sample in 60 s"};
  const std::string strict = GateJunit(report);
  EXPECT_TRUE(
      Contains(strict, "tests=\"4\" failures=\"1\" errors=\"2\" skipped=\"1\""))
      << strict;
  EXPECT_TRUE(Contains(strict, "Hangs: no sample in 60 s"));
  comparison.policy.cannot_tell_passes = true;
  const std::string lenient = GateJunit(report);
  EXPECT_TRUE(Contains(lenient,
                       "tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"2\""))
      << lenient;
}

TEST(Annotations, ANameCannotBeginACommand) {
  const Comparison comparison = Regressed({kHostile});
  const std::string text = Annotations(ReportOf(comparison));
  EXPECT_EQ(LinesIn(text), 2) << "the finding and the headline: " << text;
  EXPECT_TRUE(text.starts_with("::error title=opstat gate::A|"));
  EXPECT_FALSE(Contains(text, "\n::error::"));
  EXPECT_TRUE(Contains(text, "%250A")) << "a percent sign is data";
}

TEST(Annotations, EscapeWhatEndsAValue) {
  EXPECT_EQ(WorkflowData("a%\r\nb:c,d"), "a%25%0D%0Ab:c,d");
  EXPECT_EQ(WorkflowProperty("a%\r\nb:c,d"), "a%25%0D%0Ab%3Ac%2Cd");
}

TEST(Annotations, EndWhereGithubStopsShowingThem) {
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) names.push_back("B" + std::to_string(i));
  const Comparison comparison = Regressed(names);
  const std::string text = Annotations(ReportOf(comparison));
  EXPECT_TRUE(Contains(text, "and 31 more rows"));
  EXPECT_EQ(LinesIn(text), 11);
}

TEST(GateMarkdown, FitsAComment) {
  std::vector<std::string> names;
  for (int i = 0; i < 3000; ++i)
    names.push_back("Benchmark|with|bars/" + std::to_string(i));
  const Comparison comparison = Regressed(names);
  const std::string text = GateMarkdown(ReportOf(comparison));
  EXPECT_LE(text.size(), kMostOfAComment);
  EXPECT_GT(text.size(), kMostOfAComment / 2);
  EXPECT_TRUE(Contains(text, " more rows are not shown here"));
  EXPECT_TRUE(Contains(text, "How it was measured"));
}

TEST(GateMarkdown, ANameMentionsNobodyAndOpensNothing) {
  const Comparison comparison = Regressed({kHostile});
  const std::string text = GateMarkdown(ReportOf(comparison));
  EXPECT_FALSE(Contains(text, "@bob"));
  EXPECT_FALSE(Contains(text, "<b>"));
  EXPECT_FALSE(Contains(text, "[l](http"));
  EXPECT_FALSE(Contains(text, "\n::error"));
  EXPECT_FALSE(Contains(text, "\x1b"));
}

TEST(StepSummary, IsAppendedToTheFileNamed) {
  const TemporaryFolder folder;
  setenv("GITHUB_STEP_SUMMARY", (folder / "summary").c_str(), 1);
  AppendStepSummary("one\n");
  AppendStepSummary("two\n");
  unsetenv("GITHUB_STEP_SUMMARY");
  AppendStepSummary("nowhere\n");
  EXPECT_EQ(ReadFile(folder / "summary"), "one\ntwo\n");
}

TEST(Amount, ReadsSharesBytesTimesAndCounts) {
  EXPECT_EQ(ParseAmount("+2%")->value, 0.02);
  EXPECT_TRUE(ParseAmount("2 %")->share);
  EXPECT_EQ(ParseAmount("4KiB")->value, 4096);
  EXPECT_DOUBLE_EQ(ParseAmount("1.5 ms")->value, 0.0015);
  EXPECT_EQ(ParseAmount("64")->value, 64);
  EXPECT_FALSE(ParseAmount("64")->share);
  for (const char* bad : {"", "%", "-1", "1e999", "nan", "inf", "2 percent"})
    EXPECT_FALSE(ParseAmount(bad)) << bad;
}

TEST(Capped, CountsWhatItLeavesOut) {
  const Capped capped = TakeLines({"aa\n", "bbbb\n", "c\n"}, 5);
  EXPECT_EQ(capped.text, "aa\n");
  EXPECT_EQ(capped.left_out, 2U) << "a later one that fits is out of order";
}

TEST(ShellWord, IsOneWordToAShell) {
  EXPECT_EQ(ShellWord("./bench"), "./bench");
  EXPECT_EQ(ShellWord(""), "''");
  EXPECT_EQ(ShellWord("it's $HOME"), "'it'\\''s $HOME'");
}

}  // namespace
}  // namespace opstat::cli
