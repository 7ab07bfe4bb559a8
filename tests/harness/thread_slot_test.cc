#include "harness/thread_slot.h"

#include <gtest/gtest.h>

#include <barrier>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <thread>
#include <vector>

#include "harness/alloc_counter.h"

namespace opstat::harness {
namespace {

[[maybe_unused]] const bool kHooked = (InstallAllocHook(), true);

constexpr int kAllocations = 100;
constexpr std::size_t kBytes = 24;

void AllocateSome() {
  for (int i = 0; i < kAllocations; ++i) {
    void* volatile memory = std::malloc(kBytes);
    std::free(memory);
  }
}

AllocTotals Since(const AllocTotals& before) {
  AllocTotals now = OtherThreadsTotals();
  now -= before;
  return now;
}

// A thread costs allocations of its own (glibc's and std::thread's), the same
// whatever it runs: what threads that do nothing cost is taken off.
template <class Body>
AllocTotals CountOfThreads(int threads, bool at_once, Body body) {
  MarkBenchmarkThread(true);
  const AllocTotals before = OtherThreadsTotals();
  std::barrier<> all_run(at_once ? threads : 1);
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&] {
      if (at_once) all_run.arrive_and_wait();
      body();
      if (at_once) all_run.arrive_and_wait();
    });
    if (!at_once) running.back().join();
  }
  if (at_once) {
    for (std::thread& thread : running) thread.join();
  }
  const AllocTotals totals = Since(before);
  MarkBenchmarkThread(false);
  return totals;
}

void ExpectEveryAllocation(int threads, bool at_once) {
  const AllocTotals idle = CountOfThreads(threads, at_once, [] {});
  AllocTotals busy = CountOfThreads(threads, at_once, AllocateSome);
  busy -= idle;
  const auto allocations = static_cast<std::uint64_t>(threads) * kAllocations;
  EXPECT_EQ(busy.allocs, allocations);
  EXPECT_EQ(busy.bytes, allocations * kBytes);
  EXPECT_EQ(busy.frees, allocations);
}

TEST(ThreadSlot, OutlivesItsThreads) { ExpectEveryAllocation(1000, false); }

TEST(ThreadSlot, SpillsWhenThereAreMoreThreadsThanSlots) {
  ExpectEveryAllocation(static_cast<int>(kThreadSlots) + 20, true);
}

TEST(ThreadSlot, LeavesBenchmarkThreadsOut) {
  MarkBenchmarkThread(true);
  const AllocTotals before = OtherThreadsTotals();
  AllocateSome();
  EXPECT_EQ(Since(before), AllocTotals());
  MarkBenchmarkThread(false);
}

}  // namespace
}  // namespace opstat::harness
