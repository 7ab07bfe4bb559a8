#include <fmt/format.h>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/cli/blame.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/inputs.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/query.h"
#include "opstat/cli/record.h"
#include "opstat/cli/render.h"
#include "opstat/cli/render_text.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/identity.h"

namespace opstat::cli {
namespace {

void Warn(const std::vector<benchfmt::Run>& runs,
          const compare::Comparison& comparison, Streams& streams) {
  for (const benchfmt::Run& run : runs)
    for (const std::string& warning : run.warnings)
      // The comparison says it too, and what it did about it.
      if (warning != benchfmt::kRepetitionsWarning)
        streams.err << "warning: "
                    << OneLine(fmt::format("{}: {}", run.label, warning))
                    << '\n';
  for (const std::string& warning : comparison.warnings)
    streams.err << "warning: " << OneLine(warning) << '\n';
}

std::string FormatOf(const Arguments& arguments) {
  return arguments.Has("json") ? "json" : arguments.Choice("format");
}

// --format and each --export-*.
void Write(const compare::Comparison& comparison, const Arguments& arguments,
           Streams& streams) {
  const RenderOptions options{.all_units = arguments.Has("all-units"),
                              .color = UseColor(arguments, streams),
                              .samples = arguments.Has("samples")};
  const std::string format = FormatOf(arguments);
  if (format == "text")
    WriteText(comparison,
              {.color = options.color, .all_units = options.all_units},
              streams.out);
  else
    streams.out << Render(comparison, format, options);
  for (const char* other : {"csv", "json", "markdown"}) {
    const std::string path = arguments.Text(fmt::format("export-{}", other));
    if (!path.empty())
      WriteTo(path, Render(comparison, other, options), streams.out);
  }
}

}  // namespace

int StatCommand(const Arguments& arguments, Streams& streams) {
  if (FormatOf(arguments) != "json" && !arguments.Has("export-json"))
    arguments.RefuseGiven("samples", "--json or --export-json FILE",
                          "opstat stat --json --samples FILE...");
  const Query query(arguments);
  if (arguments.positional().empty())
    throw Error(Failure::kUsage, "opstat stat: no file to read",
                "opstat stat old.json new.json");
  std::vector<benchfmt::Run> runs = ReadInputs(arguments.positional());
  const bool record = arguments.Has("record");
  const compare::Comparison comparison =
      record ? query.Compare(runs) : query.CompareAndRelease(runs);
  Warn(runs, comparison, streams);
  if (record)
    Record(runs, comparison, query.Text(runs), measure::RandomId(),
           DatabasePath(arguments));
  Write(comparison, arguments, streams);
  if (!arguments.Has("quiet")) streams.err << BlameHint(comparison);
  if (!arguments.Has("exit-code")) return 0;
  streams.err << OutcomeText(comparison.outcome);
  return comparison.outcome;
}

}  // namespace opstat::cli
