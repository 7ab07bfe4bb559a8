// All threads of a call pass a barrier inside the library's Start and Finish.
// Between the two, marks on threads do not change and thread 0 owns the call.
#include "harness/loop.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "harness/alloc_counter.h"
#include "harness/attachment.h"
#include "harness/call_series.h"
#include "harness/call_sites.h"
#include "harness/live_bytes.h"
#include "harness/loop_meter.h"
#include "harness/self_check.h"
#include "harness/side_report.h"
#include "harness/steady_state.h"

namespace opstat::harness {
namespace {

using benchmark::Counter;
using benchmark::State;

constinit thread_local LoopMeter meter;

// The call that is running, filled by its threads.
std::mutex call_mutex;
BenchmarkCall call;
bool call_is_measured;

void OpenCall(const State& state, const void* function) {
  call = {};
  call.function = function;
  call.threads = state.threads();
  call.max_iterations = state.max_iterations;
  call_is_measured = AllocationsAreCounted();
  StartRecordedCall();
}

// Google Benchmark 1.8 gave error_occurred() another name.
template <class AnyState>
bool GaveUp(const AnyState& state) {
  if constexpr (requires { state.skipped(); }) {
    return state.skipped();
  } else {
    return state.error_occurred();
  }
}

// A range-for has no count before the library's Finish: it did what was asked.
// The others have, and KeepRunningBatch may have done more.
std::uint64_t Iterations(const State& state) {
  const auto counted = state.iterations();
  return static_cast<std::uint64_t>(counted == 0 ? state.max_iterations
                                                 : counted);
}

void AddToCall(const State& state) {
  const std::optional<AllocTotals> totals = meter.Allocations();
  const std::lock_guard lock(call_mutex);
  call.iterations += Iterations(state);
  if (totals) {
    call.totals += *totals;
  } else {
    call_is_measured = false;
  }
}

// Thread 0 reports for all; the library adds up the threads' counters. Every
// call gets the same counters, zeros included: the library's CSV reporter
// aborts at a counter that the first row did not have.
void ReportAllocations(State& state) {
  static CallSeries series;
  if (!call_is_measured) return;
  WriteRecordedCall(call);
  const SteadyState steady = EstimateSteadyState(series.Add(call));
  const auto counts = {std::pair<std::string_view, double>  //
                       {"allocs/op", steady.allocs_per_op},
                       {"B/op", steady.bytes_per_op},
                       {"frees/op", steady.frees_per_op},
                       {"one-time-allocs", steady.one_time_allocs},
                       {"one-time-B", steady.one_time_bytes}};
  for (const auto& [name, value] : counts) {
    const auto [counter, is_new] =
        state.counters.insert_or_assign(std::string(name), value);
    if (!is_new) ReportReplaced(name);
  }
  ReportCounts(counts);
  if (const auto peak = PeakLiveBytes()) {
    state.counters["peak-B"] = static_cast<double>(*peak);
  }
}

// Each thread reports its own; the library divides by all iterations.
void ReportUsage(State& state) {
  state.counters["faults/op"] =
      Counter(static_cast<double>(meter.Faults()), Counter::kAvgIterations);
  if (const auto delay = meter.RunDelay()) {
    state.counters["run-delay-sec/op"] =
        Counter(static_cast<double>(*delay) * 1e-9, Counter::kAvgIterations);
  }
  if (const auto instructions = meter.Instructions()) {
    state.counters["instructions/op"] =
        Counter(static_cast<double>(*instructions), Counter::kAvgIterations);
  }
}

}  // namespace

bool AllocationsAreCounted() {
  static const bool counted = [] {
    InstallAllocHook();
    TrackLiveBytesIfAsked();
    RecordCallSitesIfAsked();
    const std::string_view miscounted = FirstMiscountedDoor();
    if (miscounted.empty()) return true;
    attachment::AddContext(
        "opstat.alloc",
        "unmeasured: " + std::string(miscounted) + " is not counted exactly");
    return false;
  }();
  return counted;
}

void StartLoop(State& state, const void* function) {
  const bool first = state.thread_index() == 0;
  if (first) OpenCall(state, function);
  MarkBenchmarkThread(true);
  // Faults of spawned workers can only be told from those of other benchmark
  // threads when there are none.
  meter.Prepare(
      first, state.threads() == 1 ? FaultScope::kProcess : FaultScope::kThread);
  attachment::StartKeepRunning(&state);
  meter.Enter();
}

void FinishLoop(State& state) {
  meter.Leave();
  const bool failed = GaveUp(state);
  if (!failed) AddToCall(state);
  attachment::FinishKeepRunning(&state);
  meter.Finish();
  MarkBenchmarkThread(false);
  if (failed) return;
  if (state.thread_index() == 0) ReportAllocations(state);
  ReportUsage(state);
}

void PauseLoop(State& state) {
  meter.Leave();
  attachment::PauseTiming(&state);
  meter.Pause();
}

void ResumeLoop(State& state) {
  meter.Resume();
  attachment::ResumeTiming(&state);
  meter.Enter();
}

}  // namespace opstat::harness
