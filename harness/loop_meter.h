#pragma once

#include <cstdint>
#include <optional>

#include "harness/alloc_counter.h"
#include "harness/instructions.h"
#include "harness/os_usage.h"

namespace opstat::harness {

/// Measures the timed loop of one benchmark thread, its paused regions left
/// out. The readings of the kernel lie outside the timed regions, those of the
/// allocation counters just inside:
///
///     Prepare  | timer starts |  Enter  loop  Leave  | timer stops |  Finish
///                                Leave Pause  ...  Resume Enter
///
/// Zero-initialised, so that it can be thread-local at no cost.
class LoopMeter {
 public:
  /// `with_other_threads`: count the threads too that the benchmark spawned,
  /// and follow the live bytes of the process (live_bytes.h).
  void Prepare(bool with_other_threads, FaultScope faults) noexcept;
  void Enter() noexcept;
  void Leave() noexcept;
  void Pause() noexcept;
  void Resume() noexcept;
  void Finish() noexcept;

  /// Nothing if the thread has no counters of its own.
  std::optional<AllocTotals> Allocations() const noexcept;
  std::uint64_t Faults() const noexcept { return faults_; }
  /// Nothing where the kernel does not tell. Of the whole loop, pauses too:
  /// reading it at every pause would cost more than most pauses.
  std::optional<std::uint64_t> RunDelay() const noexcept { return run_delay_; }

  /// Nothing where they can't be counted.
  std::optional<std::uint64_t> Instructions() const noexcept {
    return instructions_.Count();
  }

 private:
  AllocTotals Now() noexcept;

  AllocTotals entered_;
  AllocTotals allocations_;
  std::uint64_t faults_before_ = 0;
  std::uint64_t faults_ = 0;
  std::optional<std::uint64_t> run_delay_before_;
  std::optional<std::uint64_t> run_delay_;
  InstructionMeter instructions_;
  FaultScope fault_scope_ = FaultScope::kProcess;
  bool with_other_threads_ = false;
  bool has_counters_ = false;
};

}  // namespace opstat::harness
