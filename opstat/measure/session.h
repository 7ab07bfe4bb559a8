#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/measure/counted_program.h"
#include "opstat/measure/side.h"

namespace opstat::measure {

/// What a session measures and how: one side for `opstat run`, two for
/// `opstat compare`; more would alternate likewise.
struct SessionOptions {
  std::vector<Side> sides;  ///< at least one
  std::string filter;       ///< see Matching
  double min_time = 0.1;    ///< seconds a process measures for
  double time_limit = 0;    ///< seconds a process may take; 0: none
  bool pin = true;
  std::optional<int> cpu;  ///< where to pin; none: the last allowed CPU
  std::uint64_t seed = 0;  ///< of the order in which processes run
  AllocMode alloc = AllocMode::kAuto;
  /// Identity and start of the session: those of its first sitting when it is
  /// resumed; "": new.
  std::string id = {}, time = {};
};

/// A part of a session: one warm-up round whose samples are dropped, then
/// `rounds` (rounded up to even) in the order of schedule.h.
struct Stage {
  int rounds = 10;  ///< 0: a stage that time ended before its first block
  std::vector<std::string> benchmarks = {};  ///< empty: all
  /// No block of two rounds begins that would, as long as the last, end later
  /// than this many seconds after the stage began; the session's first block
  /// begins in any case.
  std::optional<double> seconds = {};
};

enum class StageEnd { kDone, kOutOfTime, kInterrupted };

/// What one process gave. Its place, counted over the whole session, tells
/// which benchmark of which side it measured.
struct Finished {
  int place = 0;
  std::string benchmark;
  benchfmt::Run sample;  ///< one sample of that benchmark, with kPlace; or
  std::string failure;   ///< why there is none
};
using FinishedSink = std::function<void(const Finished&)>;

/// Where a stage stands, told before each process starts.
struct Progress {
  int done = 0, total = 0;  ///< processes of the stage, warm-up included
  int stage = 0;            ///< counted from 0
  int round = 0;            ///< 0: warm-up
  int rounds = 0;
  std::string benchmark;
  double elapsed = 0;  ///< seconds since the stage's first process started
};
using ProgressSink = std::function<void(const Progress&)>;

/// Measures sides against each other, one process a sample, stage by stage.
/// A benchmark that fails on a side is named in failures() and not tried again
/// on any; the others go on. Not thread-safe: it starts one process at a time.
class Session {
 public:
  /// Asks each side for its benchmarks. `keep` is given each process's result
  /// before the next one starts. Results in `finished`, of an earlier sitting
  /// of the same session, are taken instead of running those processes again.
  /// Throws what ListBenchmarks and Matching throw; Error(kCannotMeasure) when
  /// the filter matches nothing on any side.
  Session(SessionOptions options, ProgressSink tell, FinishedSink keep = {},
          std::vector<Finished> finished = {});
  ~Session();

  /// All names, in the first side's order, then those it lacks.
  const std::vector<std::string>& benchmarks() const;
  const SessionOptions& options() const;
  /// Processes that the stage will run, warm-up included.
  int Processes(const Stage& stage) const;

  /// Runs a stage to its end, or to where time or an interrupt (see
  /// InterruptFlag; it is taken back) ends it. An interrupted stage may stop
  /// within a block, one out of time only between two.
  /// Throws Error(kBadData) when `finished` is of another session.
  StageEnd Measure(const Stage& stage);
  /// Rounds that the last stage finished.
  int rounds() const;

  /// A run a side, of all samples so far, with the schedule as executed and
  /// facts of host and noise. A side's benchmarks without a sample are left
  /// out. All have the session's id and the same seed.
  std::vector<benchfmt::Run> Runs() const;
  /// One sentence a benchmark that gave no sample in some round.
  const std::vector<std::string>& failures() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Seconds that `processes` processes are expected to take: each about 2.4
/// times --min-time (Google Benchmark's own trial runs) and a start-up.
double PlannedSeconds(int processes, double min_time);

}  // namespace opstat::measure
