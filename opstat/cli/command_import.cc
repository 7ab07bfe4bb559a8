#include <fmt/format.h>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/plural.h"
#include "opstat/cli/progress.h"
#include "opstat/cli/terminal.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

void Tell(const benchfmt::Run& run, bool is_new, const std::string& path,
          Streams& streams) {
  if (is_new)
    for (const std::string& warning : run.warnings)
      streams.err << "warning: "
                  << EscapeForTerminal(fmt::format("{}: {}", path, warning))
                  << '\n';
  streams.out << fmt::format("{} {} {} ({})\n",
                             is_new ? "imported" : "already there:", run.id,
                             EscapeForTerminal(run.label),
                             CountOf(run.benchmarks.size(), "benchmark"));
}

void ImportFile(store::History& history, const std::string& path,
                const Arguments& arguments, ProgressLine& line,
                Streams& streams) {
  line.Show("reading " + OneLine(path));
  std::vector<benchfmt::Run> runs = benchfmt::ReadRunsFile(path);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    line.Show(
        fmt::format("run {} of {}  {}", i + 1, runs.size(), OneLine(path)));
    if (arguments.Has("label")) runs[i].label = arguments.Text("label");
    const bool is_new = history.Append(runs[i], SummarizeForStore);
    line.Clear();
    Tell(runs[i], is_new, path, streams);
  }
}

}  // namespace

int ImportCommand(const Arguments& arguments, Streams& streams) {
  if (arguments.positional().empty())
    throw Error(Failure::kUsage, "opstat import: no file to read",
                "opstat import results.json");
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadWrite);
  ProgressLine line(streams.err,
                    streams.err_is_terminal && !arguments.Has("quiet"));
  for (const std::string& path : arguments.positional())
    ImportFile(history, path, arguments, line, streams);
  return 0;
}

}  // namespace opstat::cli
