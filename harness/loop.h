#pragma once

#include <benchmark/benchmark.h>

namespace opstat::harness {

/// What stands in for the four functions of benchmark::State that delimit a
/// timed loop. They are defined in the library and called from inline code in
/// the benchmark's own object, so `for (auto _ : state)`, KeepRunning() and
/// KeepRunningBatch() all come through here and the benchmark's source names
/// nothing of ours. Each calls the library's own function and reports, at the
/// end, what its loop did as counters of the state.
///
/// `function` is where in the code the loop starts.
void StartLoop(benchmark::State& state, const void* function);
void FinishLoop(benchmark::State& state);
void PauseLoop(benchmark::State& state);
void ResumeLoop(benchmark::State& state);

/// Makes sure, once, that every allocation is counted exactly; otherwise says
/// so in the reports' context and leaves the counters out. For an attachment to
/// call before main().
bool AllocationsAreCounted();

}  // namespace opstat::harness
