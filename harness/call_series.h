#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/alloc_counter.h"

namespace opstat::harness {

/// What one call of a benchmark function did, all its threads together.
struct BenchmarkCall {
  const void* function = nullptr;  ///< where in the code its loop starts
  int threads = 1;
  std::int64_t max_iterations = 0;  ///< asked for, per thread
  std::uint64_t iterations = 0;     ///< done, all threads
  AllocTotals totals;
};

/// Google Benchmark calls a function with 1 iteration, then with more and
/// more, until the call is long enough; further repetitions have the last
/// count again. A series is the last calls of one benchmark with different
/// counts.
///
/// The library does not tell which benchmark calls. A call goes on with the
/// series when the function and the number of threads are the same, the series
/// began with 1 iteration, and the count did not shrink. That joins, in one
/// case, benchmarks that share a function: repetitions that
/// --benchmark_enable_random_interleaving shuffled. EstimateSteadyState()
/// refuses such series unless the earlier benchmark was called only once.
class CallSeries {
 public:
  /// The series that ends with `call`, oldest first, at most three calls.
  /// Valid until the next Add().
  std::span<const BenchmarkCall> Add(const BenchmarkCall& call);

 private:
  bool GoesOn(const BenchmarkCall& call) const;
  void Append(const BenchmarkCall& call);

  std::array<BenchmarkCall, 3> calls_;
  std::size_t size_ = 0;
  bool began_with_one_ = false;
};

}  // namespace opstat::harness
