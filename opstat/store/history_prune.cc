// Taking old samples away.
#include <algorithm>
#include <limits>

#include "opstat/benchfmt/time.h"
#include "opstat/store/history.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

// Other writers get their turn in between.
constexpr std::size_t kRunsATransaction = 50;

void TakeRun(Database& database, std::int64_t key, const std::string& time) {
  Statement(database, "DELETE FROM result WHERE run = $1").Bind(key).Run();
  Statement(database, "UPDATE run SET pruned = $1 WHERE id = $2")
      .Bind(time, key)
      .Run();
  Statement(database,
            "DELETE FROM run WHERE id = $1 AND NOT EXISTS"
            " (SELECT 1 FROM comparison_run WHERE comparison_run.run = run.id)")
      .Bind(key)
      .Run();
}

bool TakeSome(Database& database, std::span<const std::string> ids,
              const std::string& time) {
  Statement find(database,
                 "SELECT id FROM run WHERE uuid = $1 AND NOT EXISTS"
                 " (SELECT 1 FROM tag WHERE tag.run = run.id)");
  for (const std::string& id : ids)
    if (find.Bind(id).Step()) {
      const std::int64_t key = find.Integer(0);
      find.Reset();
      TakeRun(database, key, time);
    }
  return true;
}

}  // namespace

PrunePlan History::PlanPruning(const PruneRequest& request) {
  Statement runs(
      *database_,
      "SELECT uuid, time, samples,"
      " (SELECT count(*) FROM tag WHERE tag.run = run.id),"
      " (SELECT count(*) FROM comparison_run WHERE comparison_run.run = run.id)"
      " FROM run WHERE pruned IS NULL ORDER BY id DESC");
  PrunePlan plan;
  for (std::int64_t place = 0; runs.Step(); ++place) {
    if (place < request.keep_runs) continue;
    const auto measured = benchfmt::UnixSeconds(runs.Text(1));
    if (!measured) {
      ++plan.undated;
    } else if (*measured >= request.before) {
      continue;
    } else if (runs.Integer(3) > 0) {
      ++plan.tagged;
    } else {
      plan.runs.push_back(runs.Text(0));
      plan.samples += runs.Integer(2);
      plan.compared += runs.Integer(4) > 0 ? 1 : 0;
    }
  }
  return plan;
}

void History::Prune(const PrunePlan& plan, const std::string& time) {
  std::span<const std::string> left = plan.runs;
  while (!left.empty()) {
    const auto some = left.first(std::min(left.size(), kRunsATransaction));
    InTransaction(*database_, Database::Access::kWrite,
                  [&] { return TakeSome(*database_, some, time); });
    left = left.subspan(some.size());
  }
  // A server does this by itself.
  if (!plan.runs.empty() && database_->dialect() == Database::Dialect::kSqlite)
    database_->Execute("VACUUM");
}

}  // namespace opstat::store
