// Putting a run together again.
#include <charconv>

#include "opstat/benchfmt/error.h"
#include "opstat/store/blob.h"
#include "opstat/store/find_run.h"
#include "opstat/store/history.h"
#include "opstat/store/json.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

using benchfmt::Run;

template <typename T>
T Sound(const Database& database, std::optional<T> value, const char* what) {
  if (!value) database.Damaged(what);
  return *std::move(value);
}

std::optional<std::uint64_t> ParseSeed(const std::string& text) {
  std::uint64_t seed = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seed);
  if (error != std::errc() || stop != end) return std::nullopt;
  return seed;
}

[[noreturn]] void ThrowPruned(const std::string& id, const std::string& time) {
  throw SamplesPruned(Failure::kBadData,
                      "the samples of run " + id +
                          " are gone: `opstat gc` took them at " + time,
                      "its comparisons stay: opstat show --json COMPARISON");
}

Run ReadRun(Database& database, std::int64_t key) {
  Statement row(database,
                "SELECT uuid, time, label, sample_unit, session, side, seed,"
                " facts, schedule, warnings, pruned FROM run WHERE id = $1");
  if (!row.Bind(key).Step()) database.Damaged("an index of the runs");
  if (!row.IsNull(10)) ThrowPruned(row.Text(0), row.Text(10));
  Run run;
  run.id = row.Text(0);
  run.time = row.Text(1);
  run.label = row.Text(2);
  run.process_samples = row.Text(3) == "process";
  run.session = row.Text(4);
  run.side = row.Text(5);
  run.seed = Sound(database, ParseSeed(row.Text(6)), "a run's seed");
  run.facts = Sound(database, FactsFromJson(row.Text(7)), "a run's facts");
  run.schedule =
      Sound(database, ScheduleFromJson(row.Text(8)), "a run's schedule");
  run.warnings =
      Sound(database, TextsFromJson(row.Text(9)), "a run's warnings");
  return run;
}

void ReadResults(Database& database, std::int64_t key, Run& run) {
  Statement rows(database,
                 "SELECT benchmark, unit, samples FROM result"
                 " JOIN series ON series.id = result.series"
                 " WHERE run = $1 ORDER BY position");
  rows.Bind(key);
  while (rows.Step()) {
    std::string name = rows.Text(0);
    if (run.benchmarks.empty() || run.benchmarks.back().name != name) {
      run.benchmarks.push_back({.name = std::move(name), .measurements = {}});
    }
    if (rows.IsNull(2)) continue;  // a benchmark that measured nothing
    run.benchmarks.back().measurements.push_back(
        {.unit = rows.Text(1),
         .values =
             Sound(database, DecodeSamples(rows.Blob(2)), "a run's samples")});
  }
}

}  // namespace

Run History::Load(const std::string& id) {
  const Transaction snapshot(*database_, Database::Access::kRead);
  const std::int64_t key = FindRun(*database_, id);
  Run run = ReadRun(*database_, key);
  ReadResults(*database_, key, run);
  return run;
}

}  // namespace opstat::store
