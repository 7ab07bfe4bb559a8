#include <fmt/format.h>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/reader.h"
#include "opstat/cli/blame.h"
#include "opstat/cli/commands.h"
#include "opstat/cli/database.h"
#include "opstat/cli/inputs.h"
#include "opstat/cli/output_file.h"
#include "opstat/cli/query.h"
#include "opstat/cli/render.h"
#include "opstat/cli/render_json.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/identity.h"
#include "opstat/store/history.h"

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

const char* OutcomeText(int outcome) {
  switch (outcome) {
    case 1:
      return "opstat: something got worse, or is missing\n";
    case 3:
      return "opstat: cannot tell: a timed row is too noisy, too few, or not "
             "comparable\n";
    case 4:
      return "opstat: no row could be judged\n";
    default:
      return "";
  }
}

store::VerdictRow ForStore(const compare::Row& row,
                           const compare::Comparison& comparison) {
  store::VerdictRow stored;
  stored.benchmark = row.benchmark;
  for (const auto& [key, value] : comparison.tables[row.table])
    stored.benchmark += fmt::format(" {}:{}", key, value);
  stored.unit = row.unit;
  stored.contender =
      comparison.contenders[static_cast<std::size_t>(row.contender_index)]
          .label;
  stored.role = compare::Name(row.role);
  stored.verdict = compare::Name(row.verdict);
  if (row.baseline) stored.baseline = row.baseline->center;
  if (row.contender) stored.contender_center = row.contender->center;
  stored.ratio = row.ratio;
  if (row.hodges_lehmann) {
    stored.low = row.hodges_lehmann->low;
    stored.high = row.hodges_lehmann->high;
  }
  stored.p_value = row.p_value;
  return stored;
}

void Record(const std::vector<benchfmt::Run>& runs, const Query& query,
            const compare::Comparison& comparison,
            const std::string& database) {
  store::ComparisonRecord record;
  record.id = measure::RandomId();
  record.time = measure::UtcNow();
  record.baseline = comparison.baseline.label;
  record.outcome = std::to_string(comparison.outcome);
  record.query = query.Text(runs);
  record.document = ComparisonJson(comparison, false);
  if (comparison.contenders.empty())
    throw Error(Failure::kUsage, "--record: there is nothing compared",
                "name two files, or the values to compare with --col; "
                "`opstat import` stores a file alone");
  for (const compare::Row& row : comparison.rows)
    record.verdicts.push_back(ForStore(row, comparison));
  store::History history(database, store::History::Mode::kReadWrite);
  for (const benchfmt::Run& run : runs) {
    history.Append(run, SummarizeForStore);
    record.runs.push_back(run.id);
  }
  history.Append(record);
}

// --format and each --export-*.
void Write(const compare::Comparison& comparison, const Arguments& arguments,
           Streams& streams) {
  const RenderOptions options{.all_units = arguments.Has("all-units"),
                              .color = UseColor(arguments, streams),
                              .samples = arguments.Has("samples")};
  const std::string format = arguments.Has("json")
                                 ? "json"
                                 : arguments.Choice("format", RenderFormats());
  streams.out << Render(comparison, format, options);
  for (const char* other : {"csv", "json", "markdown"}) {
    const std::string path = arguments.Text(fmt::format("export-{}", other));
    if (!path.empty())
      WriteTo(path, Render(comparison, other, options), streams.out);
  }
}

}  // namespace

int StatCommand(const Arguments& arguments, Streams& streams) {
  const Query query(arguments);
  if (arguments.positional().empty())
    throw Error(Failure::kUsage, "opstat stat: no file to read",
                "opstat stat old.json new.json");
  const std::vector<benchfmt::Run> runs = ReadInputs(arguments.positional());
  const compare::Comparison comparison = query.Compare(runs);
  Warn(runs, comparison, streams);
  if (arguments.Has("record"))
    Record(runs, query, comparison, DatabasePath(arguments));
  Write(comparison, arguments, streams);
  if (!arguments.Has("quiet")) streams.err << BlameHint(comparison);
  if (!arguments.Has("exit-code")) return 0;
  streams.err << OutcomeText(comparison.outcome);
  return comparison.outcome;
}

}  // namespace opstat::cli
