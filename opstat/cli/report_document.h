#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/cli/arguments.h"
#include "opstat/compare/acceptance.h"
#include "opstat/compare/comparison.h"
#include "opstat/compare/trend.h"
#include "opstat/store/history.h"

namespace opstat::cli {

/// What a report is about, read from the history.
struct ReportSubject {
  benchfmt::Run run;  ///< of a comparison of several, the last contender's
  std::optional<compare::Comparison> comparison;
  /// Of its benchmarks: the clock that decides, and counts that changed.
  std::vector<compare::Trend> trends{};
};

/// The comparison whose id begins with `id`, else that run, and the newest
/// comparison that it took part in; "latest": the newest run.
ReportSubject FindSubject(store::History& history, const std::string& id);

/// Fills in the trends; changes that `acceptances` speak of are marked by them,
/// and point to them.
void AddTrends(store::History& history,
               const std::vector<compare::Acceptance>& acceptances,
               ReportSubject& subject);

/// The opstat.report/1 document of `subject`; `columns` as in history_json.h.
std::string ReportDocument(store::History& history,
                           const ReportSubject& subject,
                           std::vector<double>* columns = nullptr);

}  // namespace opstat::cli
