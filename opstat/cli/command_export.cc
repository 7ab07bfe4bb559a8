#include <algorithm>
#include <string>
#include <vector>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/cli/accepted_changes.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/export_formats.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/report_document.h"
#include "opstat/cli/report_json.h"

namespace opstat::cli {
namespace {

std::string Report(store::History& history, const Arguments& arguments,
                   const std::string& id) {
  ReportSubject subject = FindSubject(history, id);
  const auto acceptances = ParseAcceptances(arguments.settings().text(),
                                            arguments.settings().name());
  AddTrends(history, acceptances, subject);
  return ReportDocument(history, subject);
}

const ExportFormat* FormatNamed(const std::string& name) {
  const auto formats = ExportFormats();
  const auto found = std::ranges::find(formats, name, &ExportFormat::name);
  return found == formats.end() ? nullptr : &*found;
}

// The runs named on the command line; all of the history, the oldest first,
// under --all; else the latest.
std::vector<benchfmt::Run> ChosenRuns(const Arguments& arguments,
                                      store::History& history) {
  std::vector<std::string> names = arguments.positional();
  if (arguments.Has("all"))
    for (const store::RunLine& line : history.List())
      names.insert(names.begin(), line.id);
  if (names.empty()) names.emplace_back("latest");
  std::vector<benchfmt::Run> runs;
  for (const std::string& name : names) runs.push_back(history.Load(name));
  return runs;
}

std::string Convert(const std::vector<benchfmt::Run>& runs,
                    const std::string& name) {
  const ExportFormat* format = FormatNamed(name);
  const bool many = format != nullptr && format->many;
  if (runs.size() > 1 && !many)
    throw Error(Failure::kUsage,
                "--format " + name + " takes one run, and there are " +
                    std::to_string(runs.size()),
                "name one, or use --format jsonl, csv or otava-csv");
  return format == nullptr ? ReportJson({.run = &runs.front()}) + "\n"
                           : format->write(runs);
}

std::string FromFile(const Arguments& arguments, const std::string& format) {
  if (!arguments.positional().empty() || arguments.Has("all"))
    throw Error(Failure::kUsage, "a run and --from FILE at once",
                "leave one of them out");
  return Convert(benchfmt::ReadRunsFile(arguments.Text("from")), format);
}

std::string FromHistory(const Arguments& arguments, const std::string& format) {
  if (!arguments.positional().empty() && arguments.Has("all"))
    throw Error(Failure::kUsage, "a run and --all at once",
                "leave one of them out");
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadOnly);
  const std::vector<benchfmt::Run> runs = ChosenRuns(arguments, history);
  return format == "report" && runs.size() == 1
             ? Report(history, arguments, runs.front().id) + "\n"
             : Convert(runs, format);
}

}  // namespace

int ExportCommand(const Arguments& arguments, Streams& streams) {
  const std::string format = arguments.Choice("format");
  const std::string text = arguments.Text("from").empty()
                               ? FromHistory(arguments, format)
                               : FromFile(arguments, format);
  WriteTo(arguments.Text("out"), text, streams.out);
  return 0;
}

}  // namespace opstat::cli
