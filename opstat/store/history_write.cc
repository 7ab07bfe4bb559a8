// Storing a run: one row of run, one of result for each measurement, and a row
// of series for each that was never seen before.
#include <optional>
#include <set>
#include <string_view>

#include "opstat/benchfmt/error.h"
#include "opstat/store/blob.h"
#include "opstat/store/history.h"
#include "opstat/store/json.h"
#include "opstat/store/series_keys.h"
#include "opstat/store/transaction.h"

namespace opstat::store {
namespace {

using benchfmt::Benchmark;
using benchfmt::Measurement;
using benchfmt::Run;

void Require(bool condition, const std::string& message) {
  if (condition) return;
  throw Error(Failure::kBadData, "cannot store the run: " + message,
              "record it again, or correct its file");
}

void CheckStorable(const Run& run) {
  Require(!run.id.empty(), "it has no id");
  std::set<std::string_view> names;
  for (const Benchmark& benchmark : run.benchmarks) {
    Require(names.insert(benchmark.name).second,
            "it names the benchmark " + benchmark.name + " twice");
    std::set<std::string_view> units;
    for (const Measurement& measurement : benchmark.measurements) {
      Require(units.insert(measurement.unit).second,
              benchmark.name + " has the unit " + measurement.unit + " twice");
    }
  }
}

std::int64_t CountSamples(const Run& run) {
  std::size_t samples = 0;
  for (const Benchmark& benchmark : run.benchmarks) {
    samples += benchmark.Samples();
  }
  return static_cast<std::int64_t>(samples);
}

class RunWriter {
 public:
  RunWriter(Database& database, const Summarizer& summarize)
      : database_(database),
        summarize_(summarize),
        insert_run_(database,
                    "INSERT INTO run (uuid, time, label, sample_unit, session,"
                    " side, seed, benchmarks, samples, facts, schedule,"
                    " warnings, program, commit_hash, commit_time, branch,"
                    " dirty, host) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,"
                    " $10,$11,$12, nullif($13,''), nullif($14,''),"
                    " nullif($15,''), nullif($16,''), nullif($17,''),"
                    " nullif($18,''))"
                    " ON CONFLICT (uuid) DO NOTHING RETURNING id"),
        insert_result_(database,
                       "INSERT INTO result (run, series, position, n, median,"
                       " low, high, samples)"
                       " VALUES ($1,$2,$3,$4,$5,$6,$7,$8)") {}

  /// False: a run of that id is there already.
  bool Write(const Run& run) {
    if (!InsertRun(run)) return false;
    keys_.emplace(database_, run);
    for (const Benchmark& benchmark : run.benchmarks) {
      if (benchmark.measurements.empty()) InsertUnmeasured(benchmark);
      for (const Measurement& measurement : benchmark.measurements) {
        InsertResult(benchmark, measurement);
      }
    }
    return true;
  }

 private:
  bool InsertRun(const Run& run) {
    insert_run_.Bind(run.id, run.time, run.label,
                     run.process_samples ? "process" : "repetition",
                     run.session, run.side, std::to_string(run.seed),
                     static_cast<std::int64_t>(run.benchmarks.size()),
                     CountSamples(run), ToJson(run.facts), ToJson(run.schedule),
                     ToJson(run.warnings), run.Fact("program"),
                     run.Fact("commit.hash"), run.Fact("commit.time"),
                     run.Fact("commit.branch"), run.Fact("commit.dirty"),
                     run.Fact("host.name"));
    const bool inserted = insert_run_.Step();
    if (inserted) run_ = insert_run_.Integer(0);
    insert_run_.Reset();
    return inserted;
  }

  // Without samples: only the benchmark's name and place are to be kept.
  void InsertUnmeasured(const Benchmark& benchmark) {
    insert_result_
        .Bind(run_, keys_->Of(benchmark.name, ""), position_++, std::int64_t{0},
              nullptr, nullptr, nullptr, nullptr)
        .Run();
  }

  void InsertResult(const Benchmark& benchmark,
                    const Measurement& measurement) {
    const Summary summary = summarize_(measurement);
    insert_result_
        .Bind(run_, keys_->Of(benchmark.name, measurement.unit), position_++,
              summary.n, summary.median, summary.low, summary.high,
              EncodeSamples(measurement.values))
        .Run();
  }

  Database& database_;
  const Summarizer& summarize_;
  Statement insert_run_, insert_result_;
  std::optional<SeriesKeys> keys_;
  std::int64_t run_ = 0;
  std::int64_t position_ = 0;
};

}  // namespace

bool History::Append(const Run& run, const Summarizer& summarize) {
  CheckStorable(run);
  return InTransaction(*database_, Database::Access::kWrite, [&] {
    return RunWriter(*database_, summarize).Write(run);
  });
}

}  // namespace opstat::store
