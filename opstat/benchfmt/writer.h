#pragma once

#include <string>

#include "opstat/benchfmt/run.h"

namespace opstat::benchfmt {

/// The samples file: Google Benchmark JSON, one `iteration` row a sample,
/// benchmarks in the run's order, then rounds (`repetition_index`); context.opstat
/// holds `sample_unit`, session, seed, schedule, side and facts. ReadRun gives
/// the same Run back, to the last bit of each value.
std::string WriteGoogleBenchmark(const Run& run);

/// Go benchmark text, which benchstat reads: facts as configuration lines,
/// `Unit ... assume=exact` for exact units, one line a sample with sec/op,
/// B/op, allocs/op and the rest. Names are made legal (spaces to `_`, an
/// upper-case start, `key:value` to `key=value`).
std::string WriteGoBenchmark(const Run& run);

}  // namespace opstat::benchfmt
