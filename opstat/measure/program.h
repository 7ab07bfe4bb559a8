#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/measure/child.h"
#include "opstat/measure/harness_report.h"
#include "opstat/measure/side.h"

namespace opstat::measure {

/// A Google Benchmark program and how it is called. The program's own output
/// goes to a file of ours (`--benchmark_out`), so what it prints cannot get
/// between the numbers. That file is in memory and has no name of its own:
/// whatever ends us, nothing is left behind.
struct Program {
  std::vector<std::string> argv;
  double time_limit = 0;         ///< seconds a process may take; 0: none
  Environment environment = {};  ///< set over ours
};

/// Names that `--benchmark_list_tests` prints, in the program's order, each
/// once. Throws Error(kUsage) for an argument that opstat sets itself,
/// Error(kCannotMeasure) when the program cannot be run or is not a Google
/// Benchmark program.
std::vector<std::string> ListBenchmarks(const Program& program);

/// Those of `names` that `filter` (ECMAScript, searched anywhere in the full
/// name) matches. Throws Error(kUsage) for a bad expression.
std::vector<std::string> Matching(std::vector<std::string> names,
                                  const std::string& filter);

/// Both at once. Throws Error(kCannotMeasure) when nothing matches.
std::vector<std::string> ListMatching(const Program& program,
                                      const std::string& filter);

/// Throws Error(kCannotMeasure): `filter` matches none of `listed` benchmarks.
[[noreturn]] void ThrowNothingMatches(const Program& program,
                                      const std::string& filter,
                                      std::size_t listed);

/// The process that lists the benchmarks, whatever comes of it.
ChildResult CallToList(const Program& program,
                       std::vector<std::string> flags = {});

/// How one process measures.
struct SampleOptions {
  double min_time = 0.1;  ///< seconds, at least
  /// Call the benchmark again and keep the second result: for a benchmark that
  /// Google Benchmark calls only once, whose first call alone warms up.
  bool twice = false;
  /// Exactly so many instead of at least min_time, where the library can
  /// (Google Benchmark from 1.8 on).
  std::optional<std::int64_t> iterations = {};
  std::vector<int> cpus = {};  ///< empty: not pinned
};

struct Sample {
  benchfmt::Run run;  ///< what the process wrote, as one sample
  HarnessReport report;
};

/// One process that measures `benchmark`.
/// Throws Error(kCannotMeasure) naming the benchmark when it crashed, ran over
/// the time limit, reported an error, or wrote no sample.
Sample MeasureOnce(const Program& program, const std::string& benchmark,
                   const SampleOptions& options);

/// True when a sample of `benchmark` came from a single call: it filled the
/// time with its first iteration, or its source fixes the iterations.
bool WasCalledOnce(const benchfmt::Benchmark& benchmark);

/// `text` with the characters escaped that POSIX extended and ECMAScript
/// regular expressions treat as special.
std::string EscapeRegex(const std::string& text);

}  // namespace opstat::measure
