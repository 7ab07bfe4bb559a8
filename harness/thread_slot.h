#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace opstat::harness {

/// The counters of one thread. Only its thread writes them, so an addition is
/// a load and a store: an atomic read-modify-write would triple the price of
/// a malloc. They are atomic so that other threads may read them. A slot is
/// recycled when its thread ends and never reset: differences stay right, and
/// the allocations of dead threads stay counted.
struct alignas(64) ThreadSlot {
  std::atomic<std::uint64_t> allocs;
  std::atomic<std::uint64_t> bytes;
  std::atomic<std::uint64_t> frees;
  std::atomic<bool> taken;
  std::atomic<bool> benchmark;
};

inline constexpr std::size_t kThreadSlots = 256;

/// The calling thread's slot; null before its first allocation, after its last
/// destructor, when there are more threads than slots, and in a process whose
/// allocations are observed (alloc_observer.h). Zero-initialised and
/// initial-exec: reaching it runs no code and allocates nothing.
extern constinit thread_local ThreadSlot* own_slot
    __attribute__((tls_model("initial-exec")));

/// The way round when there is no own_slot: takes a slot and counts there, or
/// counts in the shared spill slot; calls the observer.
void CountAllocSlowly(const void* memory, std::size_t bytes) noexcept;
void CountFreeSlowly(const void* memory) noexcept;

inline void AddUnshared(std::atomic<std::uint64_t>& counter,
                        std::uint64_t amount) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + amount,
                std::memory_order_relaxed);
}

/// `memory` was allocated, for a request of `bytes`.
inline void CountAlloc(const void* memory, std::size_t bytes) noexcept {
  ThreadSlot* slot = own_slot;
  if (slot == nullptr) [[unlikely]] {
    return CountAllocSlowly(memory, bytes);
  }
  AddUnshared(slot->allocs, 1);
  AddUnshared(slot->bytes, bytes);
}

/// `memory` is about to be freed.
inline void CountFree(const void* memory) noexcept {
  ThreadSlot* slot = own_slot;
  if (slot == nullptr) [[unlikely]] {
    return CountFreeSlowly(memory);
  }
  AddUnshared(slot->frees, 1);
}

/// Takes CountFree(memory) back: a realloc failed and left it alone.
void TakeFreeBack(const void* memory) noexcept;

}  // namespace opstat::harness
