// Comparisons: a document as it was judged, with the columns that SQL can read.
#include "opstat/benchfmt/error.h"
#include "opstat/store/history.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

// 0: a comparison of that id is there already.
std::int64_t InsertComparison(Database& database,
                              const ComparisonRecord& record) {
  Statement insert(database,
                   "INSERT INTO comparison (uuid, time, baseline, outcome,"
                   " query, document) VALUES ($1,$2,$3,$4,$5,$6)"
                   " ON CONFLICT (uuid) DO NOTHING RETURNING id");
  insert.Bind(record.id, record.time, record.baseline, record.outcome,
              record.query, record.document);
  return insert.Step() ? insert.Integer(0) : 0;
}

void InsertRuns(Database& database, std::int64_t key,
                const ComparisonRecord& record) {
  Statement find(database, "SELECT id FROM run WHERE uuid = $1");
  Statement insert(database,
                   "INSERT INTO comparison_run (comparison, position, run)"
                   " VALUES ($1, $2, $3)");
  std::int64_t position = 0;
  for (const std::string& run : record.runs) {
    if (find.Bind(run).Step()) {
      insert.Bind(key, position++, find.Integer(0)).Run();
      continue;
    }
    throw Error(Failure::kBadData,
                "cannot store the comparison: its run '" + run +
                    "' is not in the history " + database.name(),
                "record the run first; see the recorded ones: opstat list");
  }
}

void InsertVerdicts(Database& database, std::int64_t key,
                    const ComparisonRecord& record) {
  Statement insert(database,
                   "INSERT INTO verdict (comparison, position, benchmark, unit,"
                   " contender, role, verdict, baseline_center,"
                   " contender_center, ratio, low, high, p_value)"
                   " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)");
  std::int64_t position = 0;
  for (const VerdictRow& row : record.verdicts) {
    insert
        .Bind(key, position++, row.benchmark, row.unit, row.contender, row.role,
              row.verdict, row.baseline, row.contender_center, row.ratio,
              row.low, row.high, row.p_value)
        .Run();
  }
}

std::vector<std::string> ReadRuns(Database& database, std::int64_t key) {
  Statement rows(database,
                 "SELECT uuid FROM comparison_run"
                 " JOIN run ON run.id = comparison_run.run"
                 " WHERE comparison = $1 ORDER BY position");
  rows.Bind(key);
  std::vector<std::string> runs;
  while (rows.Step()) runs.push_back(rows.Text(0));
  return runs;
}

std::vector<VerdictRow> ReadVerdicts(Database& database, std::int64_t key) {
  Statement rows(database,
                 "SELECT benchmark, unit, contender, role, verdict,"
                 " baseline_center, contender_center, ratio, low, high, p_value"
                 " FROM verdict WHERE comparison = $1 ORDER BY position");
  rows.Bind(key);
  std::vector<VerdictRow> verdicts;
  while (rows.Step()) {
    verdicts.push_back({.benchmark = rows.Text(0),
                        .unit = rows.Text(1),
                        .contender = rows.Text(2),
                        .role = rows.Text(3),
                        .verdict = rows.Text(4),
                        .baseline = rows.Real(5),
                        .ratio = rows.Real(7),
                        .low = rows.Real(8),
                        .high = rows.Real(9),
                        .p_value = rows.Real(10),
                        .contender_center = rows.Real(6)});
  }
  return verdicts;
}

constexpr const char* kSelect =
    "SELECT comparison.id, comparison.uuid, comparison.time, baseline, outcome,"
    " query, document FROM comparison";

// The comparison of the next of the rows that kSelect gives.
std::optional<ComparisonRecord> ReadComparison(Database& database,
                                               Statement& row) {
  if (!row.Step()) return std::nullopt;
  const std::int64_t key = row.Integer(0);
  return ComparisonRecord{.id = row.Text(1),
                          .time = row.Text(2),
                          .baseline = row.Text(3),
                          .outcome = row.Text(4),
                          .runs = ReadRuns(database, key),
                          .query = row.Text(5),
                          .document = row.Text(6),
                          .verdicts = ReadVerdicts(database, key)};
}

}  // namespace

void History::Append(const ComparisonRecord& comparison) {
  InTransaction(*database_, Database::Access::kWrite, [&] {
    const std::int64_t key = InsertComparison(*database_, comparison);
    if (key == 0) return false;
    InsertRuns(*database_, key, comparison);
    InsertVerdicts(*database_, key, comparison);
    return true;
  });
}

std::optional<ComparisonRecord> History::LatestComparison(
    const std::string& run_id) {
  const Transaction snapshot(*database_, Database::Access::kRead);
  Statement row(*database_,
                std::string(kSelect) +
                    " JOIN comparison_run ON comparison = comparison.id"
                    " JOIN run ON run.id = comparison_run.run"
                    " WHERE run.uuid = $1 ORDER BY comparison.id DESC LIMIT 1");
  row.Bind(run_id);
  return ReadComparison(*database_, row);
}

std::optional<ComparisonRecord> History::FindComparison(const std::string& id) {
  const Transaction snapshot(*database_, Database::Access::kRead);
  Statement row(*database_,
                std::string(kSelect) +
                    (id == "latest" ? " ORDER BY id DESC LIMIT 1"
                                    : " WHERE substr(uuid, 1, length($1)) = $1"
                                      " ORDER BY uuid <> $1, id DESC LIMIT 2"));
  if (id != "latest") row.Bind(id);
  auto found = ReadComparison(*database_, row);
  if (found && found->id != id && row.Step())
    throw Error(Failure::kBadData,
                "more than one comparison's id begins with '" + id + "'",
                "give more digits");
  return found;
}

}  // namespace opstat::store
