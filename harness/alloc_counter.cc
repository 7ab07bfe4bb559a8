#include "harness/alloc_counter.h"

#include <pthread.h>

#include <algorithm>

#include "harness/thread_slot.h"

namespace opstat::harness {

constinit thread_local ThreadSlot* own_slot
    __attribute__((tls_model("initial-exec"))) = nullptr;

namespace {

// All of this is zero-initialised memory: threads allocate before, during and
// after every constructor of the program.
constinit std::array<ThreadSlot, kThreadSlots> slots{};
constinit std::atomic<std::size_t> slots_ever_taken{0};
// Of threads beyond kThreadSlots and of destructors that run after a thread
// has given its slot back; many threads write it.
constinit ThreadSlot spill_slot{};
// True once the thread has tried to take a slot; it tries only once.
constinit thread_local bool asked_for_slot
    __attribute__((tls_model("initial-exec"))) = false;

void GiveSlotBack(void* slot) {
  own_slot = nullptr;
  auto* own = static_cast<ThreadSlot*>(slot);
  own->benchmark.store(false, std::memory_order_relaxed);
  own->taken.store(false, std::memory_order_release);
}

pthread_key_t ThreadExitKey() {
  static constinit std::atomic<int> key_plus_one{0};
  int known = key_plus_one.load(std::memory_order_acquire);
  if (known != 0) return static_cast<pthread_key_t>(known - 1);
  pthread_key_t key = 0;
  pthread_key_create(&key, GiveSlotBack);
  // Two threads may get here together; the loser's key stays unused.
  if (key_plus_one.compare_exchange_strong(known, static_cast<int>(key) + 1)) {
    return key;
  }
  pthread_key_delete(key);
  return static_cast<pthread_key_t>(known - 1);
}

ThreadSlot* TakeFreeSlot() {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].taken.exchange(true, std::memory_order_acquire)) continue;
    std::size_t ever = slots_ever_taken.load(std::memory_order_relaxed);
    while (ever <= i && !slots_ever_taken.compare_exchange_weak(ever, i + 1)) {
    }
    return &slots[i];
  }
  return nullptr;
}

bool TakeSlot() {
  if (asked_for_slot) return false;
  asked_for_slot = true;
  own_slot = TakeFreeSlot();
  if (own_slot == nullptr) return false;
  // May allocate, which is why own_slot is set first.
  pthread_setspecific(ThreadExitKey(), own_slot);
  return true;
}

AllocTotals Read(const ThreadSlot& slot) {
  return {slot.allocs.load(std::memory_order_relaxed),
          slot.bytes.load(std::memory_order_relaxed),
          slot.frees.load(std::memory_order_relaxed)};
}

}  // namespace

void CountAllocWithoutSlot(std::size_t bytes) noexcept {
  if (TakeSlot()) return CountAlloc(bytes);
  spill_slot.allocs.fetch_add(1, std::memory_order_relaxed);
  spill_slot.bytes.fetch_add(bytes, std::memory_order_relaxed);
}

void CountFreeWithoutSlot() noexcept {
  if (TakeSlot()) return CountFree();
  spill_slot.frees.fetch_add(1, std::memory_order_relaxed);
}

std::optional<AllocTotals> OwnThreadTotals() noexcept {
  if (own_slot == nullptr && !TakeSlot()) return std::nullopt;
  return Read(*own_slot);
}

AllocTotals OtherThreadsTotals() noexcept {
  AllocTotals totals = Read(spill_slot);
  const std::size_t used = slots_ever_taken.load(std::memory_order_acquire);
  for (std::size_t i = 0; i < used; ++i) {
    if (!slots[i].benchmark.load(std::memory_order_relaxed)) {
      totals += Read(slots[i]);
    }
  }
  return totals;
}

void MarkBenchmarkThread(bool benchmark) noexcept {
  if (own_slot == nullptr && !TakeSlot()) return;
  own_slot->benchmark.store(benchmark, std::memory_order_relaxed);
}

}  // namespace opstat::harness
