#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/blame.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/gate_report.h"
#include "opstat/cli/gate_run.h"
#include "opstat/cli/github.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/render_text.h"
#include "opstat/cli/self_test.h"
#include "opstat/cli/sort_rows.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

// Opened first: better to fail before the minutes than after.
std::unique_ptr<OutputFile> Open(const Arguments& arguments,
                                 std::string_view option) {
  const std::string path = arguments.Text(option);
  return path.empty() ? nullptr : std::make_unique<OutputFile>(path);
}

void Warn(const CompareRun& run, Streams& streams) {
  for (const std::string& warning : run.comparison.warnings)
    streams.err << "warning: " << OneLine(warning) << '\n';
  for (const std::string& failure : run.failures)
    streams.err << "opstat: " << Paragraph(failure) << '\n';
}

void Print(const GateReport& report, const Arguments& arguments,
           Streams& streams) {
  if (arguments.Has("json"))
    streams.out << GateJson(report, arguments.Has("samples")) << '\n';
  else
    streams.out << RenderText(report.comparison,
                              {.color = UseColor(arguments, streams),
                               .all_units = arguments.Has("all-units"),
                               .only_changed = arguments.Has("only-changed")})
                << '\n'
                << GateText(report);
}

// Commands of a workflow are read from both streams; data stays alone on one.
void TellGithub(const GateReport& report, const Arguments& arguments,
                const std::string& markdown, Streams& streams) {
  if (!arguments.Has("github") && !RunsInGithub()) return;
  streams.err << Annotations(report);
  AppendStepSummary(markdown);
}

int ExitCode(const CompareRun& run) {
  return run.failures.empty() ? run.comparison.outcome
                              : static_cast<int>(Failure::kCannotMeasure);
}

// Of the baseline's samples under the policy of a gate on them.
std::vector<SelfTestLine> TestOnSamples(const Arguments& arguments,
                                        Streams& streams) {
  const StoredSides sides = TakeStoredSides(arguments, streams);
  const benchfmt::Run& baseline = sides.runs.front();
  const GatePolicy policy =
      PolicyOf(arguments, std::string(baseline.Fact("commit.hash")));
  TellPolicy(policy, arguments, streams);
  return TestOn(baseline, JudgementOfStored(Under(policy, arguments), policy),
                baseline.label);
}

// It has no comparison that these could hold.
void RefuseSinks(const Arguments& arguments) {
  for (const char* option : {"json", "junit", "export-markdown"})
    if (arguments.Origin(option) == fmt::format("--{}", option))
      throw Error(Failure::kUsage,
                  fmt::format("opstat gate: --self-test writes text alone: it "
                              "takes no --{}",
                              option),
                  "opstat gate --self-test");
}

int SelfTest(const Arguments& arguments, Streams& streams) {
  RefuseSinks(arguments);
  std::vector<SelfTestLine> lines;
  if (HasStoredSides(arguments))
    lines = TestOnSamples(arguments, streams);
  else if (!arguments.Has("quiet"))
    streams.err << "no comparison is stored here: the bundled fixture alone\n";
  std::ranges::move(TestOnFixture(), std::back_inserter(lines));
  streams.out << SelfTestText(lines);
  return AllRed(lines) ? 0 : 1;
}

}  // namespace

int GateCommand(const Arguments& arguments, Streams& streams) {
  if (arguments.Has("self-test")) return SelfTest(arguments, streams);
  RefuseUnused(arguments);
  const auto markdown_file = Open(arguments, "export-markdown");
  const auto junit_file = Open(arguments, "junit");
  const RowOrder order = RowOrderOf(arguments);
  CompareRun run = RunGate(arguments, streams);
  if (run.ended) return *run.ended;
  SortRows(run.comparison, order);
  const int exit_code = ExitCode(run);
  const GateReport report{.comparison = run.comparison,
                          .id = run.id,
                          .failures = run.failures,
                          .blamed = BlameFailures(run),
                          .exit_code = exit_code};
  const std::string markdown = GateMarkdown(report);
  if (markdown_file) markdown_file->Commit(markdown);
  if (junit_file) junit_file->Commit(GateJunit(report));
  Warn(run, streams);
  Print(report, arguments, streams);
  TellGithub(report, arguments, markdown, streams);
  if (!arguments.Has("quiet")) {
    if (run.sides.empty()) streams.err << BlameHint(run.comparison);
    streams.err << StoredText(run);
  }
  return exit_code;
}

}  // namespace opstat::cli
