#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/query.h"
#include "opstat/cli/record.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/render_text.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/identity.h"

namespace opstat::cli {
namespace {

// The file's name; its path where two files have the same name.
std::string ColumnLabel(const std::string& path,
                        const std::vector<std::string>& paths) {
  const auto name = std::filesystem::path(path).filename();
  const auto same = std::count_if(paths.begin(), paths.end(),
                                  [&](const std::filesystem::path& other) {
                                    return other.filename() == name;
                                  });
  return same > 1 ? path : name.string();
}

std::vector<benchfmt::Run> ReadAll(const std::vector<std::string>& paths) {
  if (paths.empty())
    throw Error(Failure::kUsage, "opstat stat: no file to read",
                "opstat stat old.json new.json");
  std::vector<benchfmt::Run> runs;
  for (const std::string& path : paths) {
    runs.push_back(benchfmt::ReadRunFile(path));
    runs.back().label = ColumnLabel(path, paths);
  }
  return runs;
}

void Warn(const std::vector<benchfmt::Run>& runs,
          const compare::Comparison& comparison, Streams& streams) {
  for (const benchfmt::Run& run : runs)
    for (const std::string& warning : run.warnings)
      // The comparison says it too, and what it did about it.
      if (warning != benchfmt::kRepetitionsWarning)
        streams.err << "warning: "
                    << EscapeForTerminal(
                           fmt::format("{}: {}", run.label, warning))
                    << '\n';
  for (const std::string& warning : comparison.warnings)
    streams.err << "warning: " << EscapeForTerminal(warning) << '\n';
}

}  // namespace

int StatCommand(const Arguments& arguments, Streams& streams) {
  const Query query(arguments);
  const std::vector<benchfmt::Run> runs = ReadAll(arguments.positional());
  const compare::Comparison comparison = query.Compare(runs);
  Warn(runs, comparison, streams);
  if (arguments.Has("record"))
    Record(runs, comparison, query.Text(), measure::RandomId(),
           DatabasePath(arguments));
  if (arguments.Has("json"))
    streams.out << ComparisonJson(comparison, arguments.Has("samples")) << '\n';
  else
    streams.out << RenderText(comparison,
                              {.color = UseColor(arguments, streams),
                               .all_units = arguments.Has("all-units")});
  if (!arguments.Has("exit-code")) return 0;
  streams.err << OutcomeText(comparison.outcome);
  return comparison.outcome;
}

}  // namespace opstat::cli
