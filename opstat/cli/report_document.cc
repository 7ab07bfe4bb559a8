#include "opstat/cli/report_document.h"

#include <set>
#include <string_view>
#include <utility>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/accepted_changes.h"
#include "opstat/cli/commit_links.h"
#include "opstat/cli/git.h"
#include "opstat/cli/history_json.h"
#include "opstat/cli/judgement.h"
#include "opstat/cli/report_json.h"
#include "opstat/cli/trends.h"

namespace opstat::cli {
namespace {

ReportSubject SubjectOf(store::History& history,
                        const store::ComparisonRecord& record) {
  std::vector<benchfmt::Run> runs;
  for (const std::string& id : record.runs) runs.push_back(history.Load(id));
  ReportSubject subject{.run = runs.back(), .comparison = {}};
  subject.comparison = Recompute(record, std::move(runs));
  return subject;
}

}  // namespace

ReportSubject FindSubject(store::History& history, const std::string& id) {
  if (id != "latest")
    if (const auto record = history.FindComparison(id))
      return SubjectOf(history, *record);
  benchfmt::Run run = history.Load(id);
  if (const auto record = history.LatestComparison(run.id))
    return {std::move(run), SubjectOf(history, *record).comparison};
  return {std::move(run), std::nullopt};
}

void AddTrends(store::History& history,
               const std::vector<compare::Acceptance>& acceptances,
               ReportSubject& subject) {
  std::set<std::string_view> names;
  for (const benchfmt::Benchmark& benchmark : subject.run.benchmarks)
    names.insert(benchmark.name);
  // A count that never changed is a level line, two of three series.
  subject.trends = ReadTrends(history, {.level_counts = false});
  std::erase_if(subject.trends, [&](const compare::Trend& trend) {
    return !names.contains(trend.benchmark) ||
           (!benchfmt::IsTime(trend.unit) && trend.changes.empty());
  });
  for (compare::Trend& trend : subject.trends)
    compare::Accept(trend, acceptances, Today());
}

std::string ReportDocument(store::History& history,
                           const ReportSubject& subject,
                           std::vector<double>* columns) {
  return ReportJson({
      .run = &subject.run,
      .comparison = subject.comparison ? &*subject.comparison : nullptr,
      .history =
          HistoryJson(subject.trends, {.curves = true, .columns = columns}),
      .noise = NoiseOf(history, subject.run),
      .commit_url = CommitUrl(RemoteUrl()),
  });
}

}  // namespace opstat::cli
