// Under a sanitizer the malloc family is the sanitizer's own, and a second
// definition of it crashes at start-up; its runtime reports allocations itself.
// AddressSanitizer reports all of them. ThreadSanitizer (LLVM 14, g++ 12)
// leaves out the memalign family, which is therefore replaced here; should a
// later one report it too, the self-check finds it counted twice.
#include "harness/sanitizer.h"

#ifdef OPSTAT_SANITIZER

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>

#include "harness/alloc_counter.h"
#include "harness/thread_slot.h"

// Declared here because g++ 12 ships no <sanitizer/allocator_interface.h> for
// every sanitizer. Returns 0 when there is no room for another hook.
extern "C" int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, std::size_t),
    void (*free_hook)(const volatile void*));

namespace {

[[maybe_unused]] void* Counted(void* memory, std::size_t bytes) {
  if (memory != nullptr) opstat::harness::CountAlloc(memory, bytes);
  return memory;
}

}  // namespace

namespace opstat::harness {

// Each call of the runtime's function adds a hook: two would count twice.
void InstallAllocHook() noexcept {
  static std::atomic<bool> installed{false};
  if (installed.exchange(true)) return;
  __sanitizer_install_malloc_and_free_hooks(
      [](const volatile void* memory, std::size_t bytes) {
        if (memory != nullptr)
          CountAlloc(const_cast<const void*>(memory), bytes);
      },
      [](const volatile void* memory) {
        if (memory != nullptr) CountFree(const_cast<const void*>(memory));
      });
}

}  // namespace opstat::harness

#ifdef OPSTAT_THREAD_SANITIZER

// The runtime's own definitions, which ours stand in front of.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
void* __interceptor_memalign(std::size_t, std::size_t);
void* __interceptor_aligned_alloc(std::size_t, std::size_t);
int __interceptor_posix_memalign(void**, std::size_t, std::size_t);
void* __interceptor_valloc(std::size_t);
void* __interceptor_pvalloc(std::size_t);

void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return Counted(__interceptor_memalign(alignment, size), size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return Counted(__interceptor_aligned_alloc(alignment, size), size);
}
int posix_memalign(void** memory, std::size_t alignment,
                   std::size_t size) noexcept {
  const int error = __interceptor_posix_memalign(memory, alignment, size);
  if (error == 0) Counted(*memory, size);
  return error;
}
void* valloc(std::size_t size) noexcept {
  return Counted(__interceptor_valloc(size), size);
}
void* reallocarray(void* memory, std::size_t count, std::size_t size) noexcept {
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return std::realloc(memory, bytes);
}
void* pvalloc(std::size_t size) noexcept {
  return Counted(__interceptor_pvalloc(size), size);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

#endif

#endif
