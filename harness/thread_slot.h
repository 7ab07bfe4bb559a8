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
/// destructor, and when there are more threads than slots. Zero-initialised
/// and initial-exec: reaching it runs no code and allocates nothing.
extern constinit thread_local ThreadSlot* own_slot
    __attribute__((tls_model("initial-exec")));

/// Take a slot and count there, or count in the shared spill slot.
void CountAllocWithoutSlot(std::size_t bytes) noexcept;
void CountFreeWithoutSlot() noexcept;

inline void AddUnshared(std::atomic<std::uint64_t>& counter,
                        std::uint64_t amount) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + amount,
                std::memory_order_relaxed);
}

inline void CountAlloc(std::size_t bytes) noexcept {
  ThreadSlot* slot = own_slot;
  if (slot == nullptr) [[unlikely]] {
    return CountAllocWithoutSlot(bytes);
  }
  AddUnshared(slot->allocs, 1);
  AddUnshared(slot->bytes, bytes);
}

inline void CountFree() noexcept {
  ThreadSlot* slot = own_slot;
  if (slot == nullptr) [[unlikely]] {
    return CountFreeWithoutSlot();
  }
  AddUnshared(slot->frees, 1);
}

}  // namespace opstat::harness
