#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/judgement.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/render_json.h"

namespace opstat::cli {
namespace {

std::string Report(store::History& history, const benchfmt::Run& run) {
  const auto record = history.LatestComparison(run.id);
  if (!record) return ReportJson(run, nullptr);
  std::vector<benchfmt::Run> runs;
  for (const std::string& id : record->runs) runs.push_back(history.Load(id));
  const compare::Comparison comparison = Recompute(*record, std::move(runs));
  return ReportJson(run, &comparison);
}

std::string Convert(const benchfmt::Run& run, const std::string& format) {
  if (format == "gobench") return benchfmt::WriteGoBenchmark(run);
  if (format == "gbench") return benchfmt::WriteGoogleBenchmark(run);
  return ReportJson(run, nullptr) + "\n";
}

}  // namespace

int ExportCommand(const Arguments& arguments, Streams& streams) {
  arguments.LimitPositional(1);
  const std::string format =
      arguments.Choice("format", {"gbench", "gobench", "report"});
  std::string text;
  if (const std::string from = arguments.Text("from"); !from.empty()) {
    if (!arguments.positional().empty())
      throw Error(Failure::kUsage, "a run and --from FILE at once",
                  "leave one of them out");
    text = Convert(benchfmt::ReadRunFile(from), format);
  } else {
    store::History history(DatabasePath(arguments),
                           store::History::Mode::kReadOnly);
    const benchfmt::Run run = history.Load(
        arguments.positional().empty() ? "latest"
                                       : arguments.positional().front());
    text =
        format == "report" ? Report(history, run) + "\n" : Convert(run, format);
  }
  WriteTo(arguments.Text("out"), text, streams.out);
  return 0;
}

}  // namespace opstat::cli
