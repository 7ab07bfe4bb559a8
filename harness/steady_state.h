#pragma once

#include <span>

#include "harness/call_series.h"

namespace opstat::harness {

/// What every iteration costs, and what a call costs once: a warm-up inside
/// the benchmark function. The latter is 0 when it can't be told apart.
struct SteadyState {
  double allocs_per_op = 0;
  double bytes_per_op = 0;
  double frees_per_op = 0;
  double one_time_allocs = 0;
  double one_time_bytes = 0;
};

/// Tells the two apart by the calls of one benchmark with different iteration
/// counts, as CallSeries gives them; the last is the one to report. The last
/// two define the line count = per_op * iterations + one_time.
///
/// The line of the allocations is the answer when per_op is an integer and
/// one_time is positive, unless another story explains the counts:
///   - the call before those two lies below the line. An older call may have
///     paid for a warm-up of the whole process, but one that counted less
///     belongs to other work;
///   - there are only two calls, and count / iterations of the last is an
///     integer too: the first call then paid for the whole process.
/// Bytes and frees follow the allocations, each by its own line where that is
/// whole. Otherwise per_op = count / iterations of the last call, which then
/// includes a share of any warm-up.
///
/// REQUIRES: calls is not empty and the last call has iterations.
SteadyState EstimateSteadyState(std::span<const BenchmarkCall> calls);

}  // namespace opstat::harness
