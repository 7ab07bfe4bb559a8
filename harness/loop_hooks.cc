// The four functions of benchmark::State that delimit a timed loop, replaced
// at link time (--wrap, see CMakeLists.txt). They are defined in the library
// and called from inline code in the benchmark's own object, so `for (auto _ :
// state)`, KeepRunning() and KeepRunningBatch() all come through here and the
// benchmark's source names nothing of ours.
//
// All threads of a call pass a barrier inside the library's Start and Finish.
// Between the two, marks on threads do not change and thread 0 owns the call.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "harness/alloc_counter.h"
#include "harness/call_series.h"
#include "harness/facts.h"
#include "harness/loop_meter.h"
#include "harness/self_check.h"
#include "harness/steady_state.h"

// The linker makes these names from the members' mangled ones.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
void __real__ZN9benchmark5State16StartKeepRunningEv(benchmark::State*);
void __real__ZN9benchmark5State17FinishKeepRunningEv(benchmark::State*);
void __real__ZN9benchmark5State11PauseTimingEv(benchmark::State*);
void __real__ZN9benchmark5State12ResumeTimingEv(benchmark::State*);
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

namespace opstat::harness {
namespace {

using benchmark::Counter;
using benchmark::State;

constinit thread_local LoopMeter meter;

// The call that is running, filled by its threads.
std::mutex call_mutex;
BenchmarkCall call;
bool call_is_measured;

// Before main(), so that the context of the report can still tell.
bool AllocationsAreCounted() {
  static const bool counted = [] {
    InstallAllocHook();
    const std::string_view door = FirstMiscountedDoor();
    if (door.empty()) return true;
    benchmark::AddCustomContext(
        "opstat.alloc",
        "unmeasured: " + std::string(door) + " is not counted exactly");
    return false;
  }();
  return counted;
}

[[maybe_unused]] const bool kPublished = [] {
  PublishBuildFacts();
  return AllocationsAreCounted();
}();

void OpenCall(const State& state, const void* function) {
  call = {};
  call.function = function;
  call.threads = state.threads();
  call.max_iterations = state.max_iterations;
  call_is_measured = AllocationsAreCounted();
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
  const SteadyState steady = EstimateSteadyState(series.Add(call));
  state.counters["allocs/op"] = steady.allocs_per_op;
  state.counters["B/op"] = steady.bytes_per_op;
  state.counters["frees/op"] = steady.frees_per_op;
  state.counters["one-time-allocs"] = steady.one_time_allocs;
  state.counters["one-time-B"] = steady.one_time_bytes;
}

// Each thread reports its own; the library divides by all iterations.
void ReportUsage(State& state) {
  state.counters["faults/op"] =
      Counter(static_cast<double>(meter.Faults()), Counter::kAvgIterations);
  if (const auto delay = meter.RunDelay()) {
    state.counters["run-delay-sec/op"] =
        Counter(static_cast<double>(*delay) * 1e-9, Counter::kAvgIterations);
  }
}

void Start(State& state, const void* function) {
  const bool first = state.thread_index() == 0;
  if (first) OpenCall(state, function);
  MarkBenchmarkThread(true);
  // Faults of spawned workers can only be told from those of other benchmark
  // threads when there are none.
  meter.Prepare(
      first, state.threads() == 1 ? FaultScope::kProcess : FaultScope::kThread);
  __real__ZN9benchmark5State16StartKeepRunningEv(&state);
  meter.Enter();
}

void Finish(State& state) {
  meter.Leave();
  const bool failed = state.error_occurred();
  if (!failed) AddToCall(state);
  __real__ZN9benchmark5State17FinishKeepRunningEv(&state);
  meter.Finish();
  MarkBenchmarkThread(false);
  if (failed) return;
  if (state.thread_index() == 0) ReportAllocations(state);
  ReportUsage(state);
}

}  // namespace
}  // namespace opstat::harness

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {

void __wrap__ZN9benchmark5State16StartKeepRunningEv(benchmark::State* state) {
  opstat::harness::Start(*state, __builtin_return_address(0));
}

void __wrap__ZN9benchmark5State17FinishKeepRunningEv(benchmark::State* state) {
  opstat::harness::Finish(*state);
}

void __wrap__ZN9benchmark5State11PauseTimingEv(benchmark::State* state) {
  opstat::harness::meter.Leave();
  __real__ZN9benchmark5State11PauseTimingEv(state);
  opstat::harness::meter.Pause();
}

void __wrap__ZN9benchmark5State12ResumeTimingEv(benchmark::State* state) {
  opstat::harness::meter.Resume();
  __real__ZN9benchmark5State12ResumeTimingEv(state);
  opstat::harness::meter.Enter();
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
