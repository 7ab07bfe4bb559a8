#include <fmt/format.h>

#include <memory>
#include <optional>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/judgement.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/pull_request.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/render_text.h"
#include "opstat/cli/report_json.h"
#include "opstat/cli/sort_rows.h"
#include "opstat/cli/terminal.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

compare::Comparison MakeAgain(store::History& history,
                              const store::ComparisonRecord& record) {
  std::vector<benchfmt::Run> runs;
  for (const std::string& id : record.runs) runs.push_back(history.Load(id));
  return Recompute(record, std::move(runs));
}

void ShowComparison(compare::Comparison comparison, const std::string& id,
                    const Arguments& arguments, Streams& streams) {
  SortRows(comparison, RowOrderOf(arguments));
  if (arguments.Has("export-markdown"))
    WriteTo(arguments.Text("export-markdown"), PullRequestText(comparison, id),
            streams.out);
  else if (arguments.Has("json"))
    streams.out << ComparisonJson(comparison, arguments.Has("samples")) << '\n';
  else
    streams.out << RenderText(comparison,
                              {.color = UseColor(arguments, streams),
                               .all_units = arguments.Has("all-units"),
                               .only_changed = arguments.Has("only-changed")});
}

// Without the samples, the document as it was judged is all there is.
void ShowRecord(store::History& history, const store::ComparisonRecord& record,
                const Arguments& arguments, Streams& streams) {
  try {
    ShowComparison(MakeAgain(history, record), record.id, arguments, streams);
  } catch (const store::SamplesPruned& error) {
    if (!arguments.Has("json"))
      throw Error(error.failure(), error.what(),
                  "what was judged of them: opstat show --json " + record.id);
    streams.out << record.document << '\n';
  }
}

// What a run has no verdicts for.
void RefuseOfRun(const benchfmt::Run& run, const Arguments& arguments) {
  constexpr std::size_t kShownDigits = 12;
  for (const char* option : {"only-changed", "export-markdown"})
    arguments.RefuseGiven(option,
                          fmt::format("a comparison; {} is a run",
                                      run.id.substr(0, kShownDigits)),
                          "opstat stat --record and opstat compare store one; "
                          "opstat show without an id shows the newest");
}

void ShowRun(const benchfmt::Run& run, const Arguments& arguments,
             Streams& streams) {
  RefuseOfRun(run, arguments);
  if (arguments.Has("json")) {
    streams.out << ReportJson({.run = &run}) << '\n';
    return;
  }
  compare::Comparison comparison =
      compare::Compare(compare::ColumnsByRun({&run, 1}), {});
  SortRows(comparison, RowOrderOf(arguments));
  streams.out << RenderText(comparison,
                            {.color = UseColor(arguments, streams),
                             .all_units = arguments.Has("all-units")});
}

}  // namespace

int ShowCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(1);
  RefuseUnused(arguments);
  const std::string id =
      arguments.positional().empty() ? "latest" : arguments.positional()[0];
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadOnly);
  if (const auto record = history.FindComparison(id))
    ShowRecord(history, *record, arguments, streams);
  else
    ShowRun(history.Load(id), arguments, streams);
  return 0;
}

}  // namespace opstat::cli
