// Finding a run by the beginning of its id, and putting it together again.
#include <charconv>

#include "opstat/benchfmt/error.h"
#include "opstat/store/blob.h"
#include "opstat/store/history.h"
#include "opstat/store/json.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

using benchfmt::Run;

struct Candidate {
  std::int64_t key;
  std::string id, time, label;
};

// As many as an error message can list.
constexpr std::size_t kMostCandidates = 5;

// Exact matches first: a whole id is never ambiguous.
std::vector<Candidate> FindCandidates(Database& database,
                                      const std::string& id) {
  Statement find(
      database,
      id == "latest"
          ? "SELECT id, uuid, time, label FROM run ORDER BY id DESC LIMIT 1"
          : "SELECT id, uuid, time, label FROM run"
            " WHERE substr(uuid, 1, length($1)) = $1"
            " ORDER BY uuid <> $1, id DESC LIMIT $2");
  if (id != "latest") {
    find.Bind(id, static_cast<std::int64_t>(kMostCandidates + 1));
  }
  std::vector<Candidate> candidates;
  while (find.Step()) {
    candidates.push_back(
        {find.Integer(0), find.Text(1), find.Text(2), find.Text(3)});
  }
  return candidates;
}

std::string Listed(const std::vector<Candidate>& candidates) {
  std::string list;
  for (std::size_t i = 0; i < candidates.size() && i < kMostCandidates; ++i) {
    const auto& [key, id, time, label] = candidates[i];
    list += "\n  " + id + "  " + time + "  " + label;
  }
  return candidates.size() > kMostCandidates ? list + "\n  ..." : list;
}

std::int64_t Resolve(Database& database, const std::string& id) {
  const std::vector<Candidate> candidates = FindCandidates(database, id);
  if (candidates.empty()) {
    throw Error(Failure::kBadData,
                id == "latest"
                    ? "history " + database.name() + " has no run"
                    : "history " + database.name() +
                          " has no run whose id begins with '" + id + "'",
                "see the recorded runs: opstat list");
  }
  if (candidates.size() > 1 && candidates.front().id != id) {
    throw Error(
        Failure::kBadData,
        "more than one run's id begins with '" + id + "':" + Listed(candidates),
        "give more digits; see all runs: opstat list");
  }
  return candidates.front().key;
}

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

Run ReadRun(Database& database, std::int64_t key) {
  Statement row(database,
                "SELECT uuid, time, label, sample_unit, session, side, seed,"
                " facts, schedule, warnings FROM run WHERE id = $1");
  if (!row.Bind(key).Step()) database.Damaged("an index of the runs");
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
  const std::int64_t key = Resolve(*database_, id);
  Run run = ReadRun(*database_, key);
  ReadResults(*database_, key, run);
  return run;
}

}  // namespace opstat::store
