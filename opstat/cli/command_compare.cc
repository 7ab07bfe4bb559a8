#include <fmt/format.h>

#include <memory>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/blame.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/compare_run.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/pull_request.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/sort_rows.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

int ExitCode(const std::vector<std::string>& failures,
             const compare::Comparison& comparison, const Arguments& arguments,
             Streams& streams) {
  for (const std::string& failure : failures)
    streams.err << "opstat: " << Paragraph(failure) << '\n';
  if (!failures.empty() || comparison.rows.empty())
    return static_cast<int>(Failure::kCannotMeasure);
  if (!arguments.Has("exit-code")) return 0;
  streams.err << OutcomeText(comparison.outcome);
  return comparison.outcome;
}

}  // namespace

int CompareCommand(const Arguments& arguments, Streams& streams) {
  RefuseUnused(arguments);
  // Opened first: better to fail before the minutes than after.
  const std::string markdown = arguments.Text("export-markdown");
  const auto file =
      markdown.empty() ? nullptr : std::make_unique<OutputFile>(markdown);
  const RowOrder order = RowOrderOf(arguments);
  CompareRun run = RunCompare(arguments, streams);
  if (run.ended) return *run.ended;
  SortRows(run.comparison, order);
  if (file) file->Commit(PullRequestText(run.comparison, run.id));
  PrintComparison(run.comparison, arguments, streams);
  if (!arguments.Has("quiet"))
    streams.err << StoredText(run) << BlameHint(run.comparison);
  return ExitCode(run.failures, run.comparison, arguments, streams);
}

}  // namespace opstat::cli
