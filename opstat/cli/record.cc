#include "opstat/cli/record.h"

#include <fmt/format.h>

#include "opstat/benchfmt/error.h"
#include "opstat/cli/database.h"
#include "opstat/cli/render_json.h"
#include "opstat/measure/identity.h"
#include "opstat/store/history.h"

namespace opstat::cli {
namespace {

store::VerdictRow ForStore(const compare::Row& row,
                           const compare::Comparison& comparison) {
  store::VerdictRow stored;
  stored.benchmark = row.benchmark();
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

}  // namespace

void Record(const std::vector<benchfmt::Run>& runs,
            const compare::Comparison& comparison, const std::string& query,
            const std::string& id, const std::string& database) {
  if (comparison.contenders.empty())
    throw Error(Failure::kUsage, "--record: there is nothing compared",
                "name two files, or the values to compare with --col; "
                "`opstat import` stores a file alone");
  store::ComparisonRecord record;
  record.id = id;
  record.time = measure::UtcNow();
  record.baseline = comparison.baseline.label;
  record.outcome = std::to_string(comparison.outcome);
  record.query = query;
  record.document = ComparisonJson(comparison, false);
  for (const compare::Row& row : comparison.rows)
    record.verdicts.push_back(ForStore(row, comparison));
  store::History history(database, store::History::Mode::kReadWrite);
  for (const benchfmt::Run& run : runs) {
    history.Append(run, SummarizeForStore);
    record.runs.push_back(run.id);
  }
  history.Append(record);
}

}  // namespace opstat::cli
