// Under a sanitizer the malloc family is the sanitizer's own, and a second
// definition of it crashes at start-up; its runtime reports allocations itself.
// AddressSanitizer reports all of them. ThreadSanitizer (g++ 12) leaves out the
// memalign family, so that the self-check declares its counts unmeasured.
#include "harness/sanitizer.h"

#ifdef OPSTAT_SANITIZER

#include <cstddef>

#include "harness/alloc_counter.h"
#include "harness/thread_slot.h"

// Declared here because g++ 12 ships no <sanitizer/allocator_interface.h> for
// every sanitizer. Returns 0 when there is no room for another hook.
extern "C" int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, std::size_t),
    void (*free_hook)(const volatile void*));

namespace opstat::harness {

void InstallAllocHook() noexcept {
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

#endif
