#include "opstat/store/migrations.h"

#include <string>

#include "opstat/benchfmt/error.h"

namespace opstat::store {
namespace {

// docs/SCHEMA.md tells what one row of each table is. The key (run, series)
// makes rows arrive in order, so that ingest stays as fast as the file grows.
constexpr const char* kFirstSchema = R"sql(
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  time TEXT NOT NULL,
  label TEXT NOT NULL,
  sample_unit TEXT NOT NULL,
  session TEXT NOT NULL,
  side TEXT NOT NULL,
  seed TEXT NOT NULL,
  benchmarks INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  facts TEXT NOT NULL,
  schedule TEXT NOT NULL,
  warnings TEXT NOT NULL,
  program TEXT,
  commit_hash TEXT,
  commit_time TEXT,
  branch TEXT,
  dirty TEXT,
  host TEXT
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  benchmark TEXT NOT NULL,
  unit TEXT NOT NULL,
  UNIQUE (benchmark, unit)
) STRICT;

CREATE TABLE result (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  series INTEGER NOT NULL REFERENCES series,
  position INTEGER NOT NULL,
  n INTEGER NOT NULL,
  median REAL,
  low REAL,
  high REAL,
  samples BLOB,
  PRIMARY KEY (run, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE comparison (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  time TEXT NOT NULL,
  baseline TEXT NOT NULL,
  outcome TEXT NOT NULL,
  query TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE comparison_run (
  comparison INTEGER NOT NULL REFERENCES comparison ON DELETE CASCADE,
  position INTEGER NOT NULL,
  run INTEGER NOT NULL REFERENCES run,
  PRIMARY KEY (comparison, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX comparison_run_by_run ON comparison_run (run);

CREATE TABLE verdict (
  comparison INTEGER NOT NULL REFERENCES comparison ON DELETE CASCADE,
  position INTEGER NOT NULL,
  benchmark TEXT NOT NULL,
  unit TEXT NOT NULL,
  contender TEXT NOT NULL,
  role TEXT NOT NULL,
  verdict TEXT NOT NULL,
  baseline_center REAL,
  contender_center REAL,
  ratio REAL,
  low REAL,
  high REAL,
  p_value REAL,
  PRIMARY KEY (comparison, position)
) STRICT, WITHOUT ROWID;

-- CROSS JOIN fixes the order: without statistics SQLite would scan all results
-- for those of one series.
CREATE VIEW medians AS
SELECT benchmark, unit, commit_hash, commit_time, branch, time, label, host,
       run.uuid AS run, n, median, low, high
FROM series
CROSS JOIN run
CROSS JOIN result ON result.run = run.id AND result.series = series.id
WHERE result.samples IS NOT NULL;

CREATE VIEW verdicts AS
SELECT time, outcome, benchmark, unit, baseline, contender, role, verdict,
       baseline_center, contender_center, ratio,
       100 * (ratio - 1) AS delta_percent, low, high, p_value,
       comparison.uuid AS comparison
FROM verdict
JOIN comparison ON comparison.id = verdict.comparison;
)sql";

constexpr const char* kMigrations[] = {kFirstSchema};

struct Identity {
  std::int64_t application, version, objects;
};

// One statement, so that another process cannot create the schema in between.
Identity ReadIdentity(Database& database) {
  Statement identity(database,
                     "SELECT application_id, user_version,"
                     " (SELECT count(*) FROM sqlite_schema)"
                     " FROM pragma_application_id, pragma_user_version");
  identity.Step();
  return {identity.Integer(0), identity.Integer(1), identity.Integer(2)};
}

}  // namespace

std::span<const char* const> Migrations() { return kMigrations; }

void CheckIsHistory(Database& database) {
  const Identity found = ReadIdentity(database);
  const bool empty = found.application == 0 && found.objects == 0;
  if (!empty && found.application != kApplicationId) {
    throw Error(Failure::kBadData,
                database.path() + " is a SQLite database of another program",
                "choose another file with --db FILE");
  }
  if (found.version < 0 || (found.version == 0) != (found.objects == 0)) {
    database.Damaged("the schema's version");
  }
  const auto newest = static_cast<std::int64_t>(Migrations().size());
  if (found.version > newest) {
    throw Error(Failure::kBadData,
                "history " + database.path() + " has schema " +
                    std::to_string(found.version) + "; this opstat knows " +
                    std::to_string(newest),
                "use the newer opstat that wrote it, or choose another file "
                "with --db FILE");
  }
}

std::int64_t SchemaVersion(Database& database) {
  return ReadIdentity(database).version;
}

void Migrate(Database& database, std::span<const char* const> migrations) {
  const auto newest = static_cast<std::int64_t>(migrations.size());
  while (SchemaVersion(database) < newest) {
    Transaction transaction(database, Transaction::Kind::kWrite);
    // Again, now that no other process can migrate.
    const std::int64_t version = SchemaVersion(database);
    if (version >= newest) return;
    database.Execute(migrations[static_cast<std::size_t>(version)]);
    database.Execute("PRAGMA application_id = " +
                     std::to_string(kApplicationId));
    database.Execute("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.Commit();
  }
}

}  // namespace opstat::store
