#include <fmt/format.h>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/terminal.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

void ImportOne(store::History& history, const benchfmt::Run& run,
               const std::string& path, Streams& streams) {
  const bool is_new = history.Append(run, SummarizeForStore);
  if (is_new)
    for (const std::string& warning : run.warnings)
      streams.err << "warning: "
                  << EscapeForTerminal(fmt::format("{}: {}", path, warning))
                  << '\n';
  streams.out << fmt::format("{} {} {} ({} benchmarks)\n",
                             is_new ? "imported" : "already there:", run.id,
                             EscapeForTerminal(run.label),
                             run.benchmarks.size());
}

void ImportFile(store::History& history, const std::string& path,
                const Arguments& arguments, Streams& streams) {
  for (benchfmt::Run& run : benchfmt::ReadRunsFile(path)) {
    if (arguments.Has("label")) run.label = arguments.Text("label");
    ImportOne(history, run, path, streams);
  }
}

}  // namespace

int ImportCommand(const Arguments& arguments, Streams& streams) {
  if (arguments.positional().empty())
    throw Error(Failure::kUsage, "opstat import: no file to read",
                "opstat import results.json");
  store::History history(DatabasePath(arguments),
                         store::History::Mode::kReadWrite);
  for (const std::string& path : arguments.positional())
    ImportFile(history, path, arguments, streams);
  return 0;
}

}  // namespace opstat::cli
