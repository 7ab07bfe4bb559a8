#include "harness/loop_meter.h"

#include "harness/call_sites.h"
#include "harness/live_bytes.h"

namespace opstat::harness {

void LoopMeter::Prepare(bool with_other_threads, FaultScope faults) noexcept {
  *this = LoopMeter();
  with_other_threads_ = with_other_threads;
  fault_scope_ = faults;
  has_counters_ = true;
  run_delay_before_ = RunDelayNanoseconds();
  faults_before_ = MinorFaults(fault_scope_);
  if (with_other_threads_) StartLiveBytes();
  instructions_.Start(PerfEvents());
}

AllocTotals LoopMeter::Now() noexcept {
  AllocTotals now;
  if (const std::optional<AllocTotals> own = OwnThreadTotals()) {
    now = *own;
  } else {
    has_counters_ = false;
  }
  if (with_other_threads_) now += OtherThreadsTotals();
  return now;
}

void LoopMeter::Enter() noexcept {
  if (with_other_threads_) EnterLiveBytes();
  entered_ = Now();
  EnterRecordedLoop(with_other_threads_);
}

void LoopMeter::Leave() noexcept {
  LeaveRecordedLoop(with_other_threads_);
  if (with_other_threads_) LeaveLiveBytes();
  allocations_ += Now();
  allocations_ -= entered_;
}

void LoopMeter::Pause() noexcept {
  instructions_.Pause();
  faults_ += MinorFaults(fault_scope_) - faults_before_;
}

void LoopMeter::Resume() noexcept {
  faults_before_ = MinorFaults(fault_scope_);
  instructions_.Resume();
}

void LoopMeter::Finish() noexcept {
  instructions_.Finish();
  faults_ += MinorFaults(fault_scope_) - faults_before_;
  const std::optional<std::uint64_t> now = RunDelayNanoseconds();
  if (now && run_delay_before_) run_delay_ = *now - *run_delay_before_;
}

std::optional<AllocTotals> LoopMeter::Allocations() const noexcept {
  return has_counters_ ? std::optional(allocations_) : std::nullopt;
}

}  // namespace opstat::harness
