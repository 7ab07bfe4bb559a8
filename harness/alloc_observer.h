#pragma once

#include <cstddef>

namespace opstat::harness {

/// Told of every allocation and free of the process, on the thread that makes
/// it. What an observer itself allocates is neither counted nor told.
struct AllocObserver {
  void (*allocated)(const void* memory, std::size_t bytes) noexcept;
  void (*about_to_free)(const void* memory) noexcept;
};

/// From now on `observer` is told, in a pass of its own whose times mean
/// nothing. It costs a process that is not observed nothing at all: an observed
/// one gives up the short way in CountAlloc() and CountFree().
///
/// REQUIRES: called once, before the program has a second thread (before
/// main()); `observer` lives forever.
void ObserveAllocations(const AllocObserver& observer) noexcept;

}  // namespace opstat::harness
