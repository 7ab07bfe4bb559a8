#include "opstat/store/schema.h"

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

// Tags, what `opstat gc` leaves behind, and a guard of what is stored: run and
// result are only ever added to and deleted from.
constexpr const char* kTagsAndPruning = R"sql(
CREATE TABLE tag (
  name TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run,
  time TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_by_run ON tag (run);

ALTER TABLE run ADD COLUMN pruned TEXT;
CREATE INDEX run_by_commit ON run (commit_hash);

CREATE TRIGGER samples_never_change BEFORE UPDATE ON result
BEGIN
  SELECT RAISE(ABORT, 'stored samples never change');
END;

CREATE TRIGGER runs_never_change BEFORE UPDATE OF
  id, uuid, time, label, sample_unit, session, side, seed, benchmarks, samples,
  facts, schedule, warnings, program, commit_hash, commit_time, branch, dirty,
  host ON run
BEGIN
  SELECT RAISE(ABORT, 'stored runs never change');
END;
)sql";

constexpr const char* kMigrations[] = {kFirstSchema, kTagsAndPruning};

}  // namespace

std::span<const char* const> SqliteMigrations() { return kMigrations; }

}  // namespace opstat::store
