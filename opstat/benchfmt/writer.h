#pragma once

#include <span>
#include <string>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// The samples file: Google Benchmark JSON, one `iteration` row a sample,
/// benchmarks in the run's order, then rounds (`repetition_index`);
/// context.opstat holds `sample_unit`, session, seed, schedule, side, facts and
/// warnings. Always strict JSON in UTF-8: what is not measured is null, times
/// are in seconds. ReadRun gives the same Run back, to the last bit of each
/// value, if its times are positive and its text is valid UTF-8.
std::string WriteGoogleBenchmark(const Run& run);

/// Go benchmark text, which benchstat reads: facts as configuration lines,
/// `Unit ... assume=exact` for exact units, one line a sample with sec/op,
/// B/op, allocs/op and the rest. Names are made legal (spaces to `_`, an
/// upper-case start, `key:value` to `key=value`).
///
/// Facts that tell two sides apart (commit.*, program, host.mhz) are left out:
/// benchstat compares only files of equal configuration. What is not measured
/// is left out too.
std::string WriteGoBenchmark(const Run& run);

/// JSON lines, the loss-free bundle of any number of runs: for each run one
/// line `{"opstat":{...},"time":...}` (samples_object.h) and below it a line
/// `{"run":id,"benchmark":...,"unit":...,"values":[...]}` for each unit of each
/// benchmark; what is not measured is null. ReadRuns gives equal runs back, to
/// the last bit, if their text is valid UTF-8.
std::string WriteJsonLines(std::span<const Run> runs);

/// CSV (RFC 4180) with a heading and one line a value: run, time, label,
/// commit, benchmark, unit, sample, value; unmeasured values are empty.
std::string WriteCsv(std::span<const Run> runs);

}  // namespace opstat::benchfmt
