// What comparisons of a program with itself came to: this machine's noise.
#include "opstat/store/history.h"
#include "opstat/store/transaction.h"

namespace opstat::store {

std::vector<IdenticalComparison> History::IdenticalComparisons(
    const std::string& host) {
  // A session counts once, by its last comparison.
  Statement rows(
      *database_,
      "WITH identical AS ("
      " SELECT max(comparison.id) AS id FROM run"
      " JOIN comparison_run ON comparison_run.run = run.id AND position = 0"
      " JOIN comparison ON comparison.id = comparison_run.comparison"
      " WHERE run.host = $1 AND run.facts LIKE $2 GROUP BY run.session)"
      " SELECT comparison.uuid, comparison.time, count(*),"
      " sum(CASE WHEN verdict IN ('regression', 'improvement') THEN 1"
      " ELSE 0 END)"
      " FROM identical JOIN comparison ON comparison.id = identical.id"
      " JOIN verdict ON verdict.comparison = comparison.id"
      " WHERE role = 'decides'"
      " GROUP BY comparison.id, comparison.uuid, comparison.time"
      " ORDER BY comparison.id");
  // As ToJson writes it; a quote within a fact is escaped.
  rows.Bind(host, "%\"" + std::string(kIdenticalFact) + "\":\"true\"%");
  std::vector<IdenticalComparison> found;
  while (rows.Step())
    found.push_back({.id = rows.Text(0),
                     .time = rows.Text(1),
                     .rows = rows.Integer(2),
                     .alarms = rows.Integer(3)});
  return found;
}

}  // namespace opstat::store
