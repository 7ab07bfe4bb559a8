#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/measure/program.h"

namespace opstat::measure {

/// kAuto counts allocations where it can (see counting.h), kOn makes a
/// benchmark whose allocations are not counted a failure, kOff measures without
/// the shim.
enum class AllocMode { kAuto, kOn, kOff };

/// What `opstat run` measures: one process a sample, in the balanced order of
/// schedule.h, after one warm-up round whose samples are dropped.
struct SessionOptions {
  Program program;
  std::string filter;
  int rounds = 10;        ///< samples a benchmark; rounded up to even
  double min_time = 0.1;  ///< seconds a process measures for
  bool pin = true;
  std::optional<int> cpu;  ///< where to pin; none: the last allowed CPU
  std::uint64_t seed = 0;
  AllocMode alloc = AllocMode::kAuto;
};

/// Where a session stands, told before each process starts.
struct Progress {
  int done = 0, total = 0;  ///< processes, warm-up included
  int round = 0;            ///< 0: warm-up
  int rounds = 0;
  std::string benchmark;
  double elapsed = 0;  ///< seconds since the first process started
};
using ProgressSink = std::function<void(const Progress&)>;

struct SessionResult {
  benchfmt::Run run;
  /// One sentence a benchmark that gave no sample in some round.
  std::vector<std::string> failures;
  bool interrupted = false;  ///< `run` holds the samples finished by then
};

/// Lists, warms up, measures. A benchmark that fails is named in `failures`
/// and the others go on; it is not tried again. Throws what ListBenchmarks
/// throws.
SessionResult Measure(const SessionOptions& options, const ProgressSink& tell);

/// Seconds that `processes` processes are expected to take: each about 2.4
/// times --min-time (Google Benchmark's own trial runs) and a start-up.
double PlannedSeconds(int processes, double min_time);

}  // namespace opstat::measure
