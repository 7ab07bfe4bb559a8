#pragma once

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

}  // namespace opstat::benchfmt
