#include "harness/alloc_counter.h"

#include <malloc.h>
#include <pthread.h>

#include <algorithm>

#include "harness/alloc_observer.h"
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

struct ThreadState {
  ThreadSlot* slot;     // as own_slot, and in an observed process too
  bool asked_for_slot;  // it tries to take one only once
  bool inside_observer;
};
constinit thread_local ThreadState thread
    __attribute__((tls_model("initial-exec"))) = {};

constinit const AllocObserver* observer = nullptr;

void GiveSlotBack(void* slot) {
  own_slot = nullptr;
  thread.slot = nullptr;
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

// The thread's slot, taken now if it never was; null when there is none.
ThreadSlot* SlotOfThread() {
  if (thread.slot != nullptr || thread.asked_for_slot) return thread.slot;
  thread.asked_for_slot = true;
  thread.slot = TakeFreeSlot();
  if (thread.slot == nullptr) return nullptr;
  if (observer == nullptr) own_slot = thread.slot;
  // May allocate, which is why the slot is set first.
  pthread_setspecific(ThreadExitKey(), thread.slot);
  return thread.slot;
}

void Add(std::atomic<std::uint64_t> ThreadSlot::*counter,
         std::uint64_t amount) {
  if (ThreadSlot* slot = SlotOfThread()) {
    AddUnshared(slot->*counter, amount);
  } else {
    (spill_slot.*counter).fetch_add(amount, std::memory_order_relaxed);
  }
}

template <class Tell>
void TellObserver(Tell tell) {
  if (observer == nullptr) return;
  thread.inside_observer = true;
  tell(*observer);
  thread.inside_observer = false;
}

AllocTotals Read(const ThreadSlot& slot) {
  return {slot.allocs.load(std::memory_order_relaxed),
          slot.bytes.load(std::memory_order_relaxed),
          slot.frees.load(std::memory_order_relaxed)};
}

}  // namespace

void ObserveAllocations(const AllocObserver& by) noexcept {
  observer = &by;
  own_slot = nullptr;
}

void CountAllocSlowly(const void* memory, std::size_t bytes) noexcept {
  if (thread.inside_observer) return;
  Add(&ThreadSlot::allocs, 1);
  Add(&ThreadSlot::bytes, bytes);
  TellObserver([&](const AllocObserver& o) { o.allocated(memory, bytes); });
}

void CountFreeSlowly(const void* memory) noexcept {
  if (thread.inside_observer) return;
  Add(&ThreadSlot::frees, 1);
  TellObserver([&](const AllocObserver& o) { o.about_to_free(memory); });
}

void TakeFreeBack(const void* memory) noexcept {
  if (thread.inside_observer) return;
  constexpr std::uint64_t kMinusOne = ~std::uint64_t{0};
  Add(&ThreadSlot::frees, kMinusOne);
  TellObserver([&](const AllocObserver& o) {
    o.allocated(memory, malloc_usable_size(const_cast<void*>(memory)));
  });
}

std::optional<AllocTotals> OwnThreadTotals() noexcept {
  const ThreadSlot* slot = SlotOfThread();
  return slot == nullptr ? std::nullopt : std::optional(Read(*slot));
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
  if (ThreadSlot* slot = SlotOfThread()) {
    slot->benchmark.store(benchmark, std::memory_order_relaxed);
  }
}

}  // namespace opstat::harness
