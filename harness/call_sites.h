#pragma once

#include "harness/call_series.h"

namespace opstat::harness {

// Where in the code a timed loop allocates, for `opstat blame`: recorded by
// observing every allocation (alloc_observer.h) in a process whose environment
// names a file in OPSTAT_CALL_SITES. Elsewhere all of this does nothing. Counts
// stay exact; times do not, an allocation then costs microseconds.
//
// The file gets, for each call of a benchmark function, the lines
//
//     call ITERATIONS ALLOCS BYTES      what was counted, all threads
//     stack ALLOCS BYTES ADDRESS...     one a stack, innermost first, in hex
//     map LINE                          one a line of /proc/self/maps
//
// An address lies inside the call instruction, not behind it. Stacks are cut
// after 64 frames. A call with more than 12,288 different ones leaves the rest
// out: what the stacks of a call add up to is then less than what was counted.

/// REQUIRES: as ObserveAllocations().
void RecordCallSitesIfAsked() noexcept;

/// Forgets the calls before. REQUIRES: no thread is inside a timed loop.
void StartRecordedCall() noexcept;

/// Between these two the calling benchmark thread is inside its timed loop;
/// with `with_other_threads` so are all threads that never called them.
void EnterRecordedLoop(bool with_other_threads) noexcept;
void LeaveRecordedLoop(bool with_other_threads) noexcept;

/// Appends what `call` did to the file. REQUIRES: as StartRecordedCall().
void WriteRecordedCall(const BenchmarkCall& call);

}  // namespace opstat::harness
