// Defines the malloc family and every operator new and delete, counts, and
// forwards to the next definition in the program: glibc's, jemalloc's,
// tcmalloc's. All of them live in this one translation unit, and operator new
// never calls the public malloc, so that an allocation is counted once whoever
// provides it. A failed allocation is not counted.
#include "harness/sanitizer.h"

#ifndef OPSTAT_SANITIZER

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "harness/alloc_counter.h"
#include "harness/attachment.h"
#include "harness/thread_slot.h"

namespace opstat::harness {
namespace {

struct Allocator {
  decltype(&::malloc) malloc;
  decltype(&::calloc) calloc;
  decltype(&::realloc) realloc;
  decltype(&::posix_memalign) posix_memalign;
  decltype(&::aligned_alloc) aligned_alloc;
  decltype(&::memalign) memalign;
  decltype(&::free) free;
};
constinit Allocator next{};

// Serves what dlsym itself allocates while `next` is being looked up. Blocks
// are never reused, so they are zero as calloc wants them.
class BootArena {
 public:
  void* Allocate(std::size_t size) {
    const std::size_t whole = (size + 2 * kAlignment - 1) & ~(kAlignment - 1);
    if (size > kBytes || whole > kBytes - used_) return nullptr;
    std::byte* block = bytes_ + used_;
    used_ += whole;
    std::memcpy(block, &size, sizeof size);
    return block + kAlignment;
  }
  bool Owns(const void* memory) const {
    return reinterpret_cast<std::uintptr_t>(memory) -
               reinterpret_cast<std::uintptr_t>(bytes_) <
           kBytes;
  }
  static std::size_t Size(const void* memory) {
    std::size_t size = 0;
    std::memcpy(&size, static_cast<const std::byte*>(memory) - kAlignment,
                sizeof size);
    return size;
  }

 private:
  static constexpr std::size_t kBytes = 16'384;
  static constexpr std::size_t kAlignment = alignof(std::max_align_t);

  alignas(kAlignment) std::byte bytes_[kBytes];
  std::size_t used_;
};
constinit BootArena boot_arena{};

template <class Function>
void Look(Function& function, const char* name) {
  function = reinterpret_cast<Function>(attachment::NextDefinition(name));
}

// True when `next` can be called. The first allocation of a program comes from
// the loader or a constructor, before there is a second thread.
bool Resolve() {
  static constinit bool resolving = false;
  if (resolving) return false;
  resolving = true;
  Allocator found{};
  Look(found.calloc, "calloc");
  Look(found.realloc, "realloc");
  Look(found.posix_memalign, "posix_memalign");
  Look(found.aligned_alloc, "aligned_alloc");
  Look(found.memalign, "memalign");
  Look(found.free, "free");
  Look(found.malloc, "malloc");
  next = found;
  resolving = false;
  return true;
}

inline bool Ready() { return next.malloc != nullptr || Resolve(); }

inline void* Counted(void* memory, std::size_t bytes) {
  if (memory != nullptr) [[likely]] {
    CountAlloc(memory, bytes);
  }
  return memory;
}

inline void* Malloc(std::size_t size, std::size_t counted_size) {
  if (!Ready()) [[unlikely]] {
    return boot_arena.Allocate(size);
  }
  return Counted(next.malloc(size), counted_size);
}

inline void Free(void* memory) {
  if (memory == nullptr || boot_arena.Owns(memory)) [[unlikely]] {
    return;
  }
  CountFree(memory);
  next.free(memory);
}

void* Realloc(void* memory, std::size_t size) {
  if (boot_arena.Owns(memory)) {
    void* moved = Malloc(size, size);
    if (moved != nullptr) {
      std::memcpy(moved, memory, std::min(size, BootArena::Size(memory)));
    }
    return moved;
  }
  if (!Ready()) return boot_arena.Allocate(size);
  if (memory != nullptr) CountFree(memory);
  void* moved = Counted(next.realloc(memory, size), size);
  // glibc frees on size 0 and returns null; any other null left it alone.
  if (memory != nullptr && moved == nullptr && size != 0) TakeFreeBack(memory);
  return moved;
}

// What [new.delete.single] asks for: try, then the handler, until there is
// none. Zero bytes get an address of their own.
template <class Allocate>
inline void* New(Allocate allocate) {
  for (;;) {
    void* memory = allocate();
    if (memory != nullptr) [[likely]] {
      return memory;
    }
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

inline void* NewPlain(std::size_t size) {
  return New([size] { return Malloc(std::max<std::size_t>(size, 1), size); });
}

inline void* Memalign(std::size_t alignment, std::size_t size,
                      std::size_t counted_size) {
  if (!Ready()) return nullptr;
  return Counted(next.memalign(alignment, size), counted_size);
}

inline void* NewAligned(std::size_t size, std::align_val_t alignment) {
  return New([size, alignment] {
    return Memalign(static_cast<std::size_t>(alignment),
                    std::max<std::size_t>(size, 1), size);
  });
}

std::size_t PageSize() {
  return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

template <class Allocate>
inline void* OrNull(Allocate allocate) noexcept {
  try {
    return allocate();
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

}  // namespace

void InstallAllocHook() noexcept { Ready(); }

}  // namespace opstat::harness

using opstat::harness::boot_arena;
using opstat::harness::Counted;
using opstat::harness::Free;
using opstat::harness::Malloc;
using opstat::harness::Memalign;
using opstat::harness::NewAligned;
using opstat::harness::NewPlain;
using opstat::harness::next;
using opstat::harness::OrNull;
using opstat::harness::PageSize;
using opstat::harness::Ready;
using opstat::harness::Realloc;

// A shared library hides what it does not mean to replace.
#pragma GCC visibility push(default)

extern "C" {

void* malloc(std::size_t size) noexcept { return Malloc(size, size); }

void* calloc(std::size_t count, std::size_t size) noexcept {
  if (!Ready()) return boot_arena.Allocate(count * size);
  return Counted(next.calloc(count, size), count * size);
}

void* realloc(void* memory, std::size_t size) noexcept {
  return Realloc(memory, size);
}

void* reallocarray(void* memory, std::size_t count, std::size_t size) noexcept {
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return Realloc(memory, bytes);
}

int posix_memalign(void** memory, std::size_t alignment,
                   std::size_t size) noexcept {
  if (!Ready()) return ENOMEM;
  const int error = next.posix_memalign(memory, alignment, size);
  if (error == 0) Counted(*memory, size);
  return error;
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return Ready() ? Counted(next.aligned_alloc(alignment, size), size) : nullptr;
}

void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return Memalign(alignment, size, size);
}

// jemalloc lacks pvalloc: the next definition would be glibc's, whose memory
// jemalloc then frees. Both are but a memalign.
void* valloc(std::size_t size) noexcept {
  return Memalign(PageSize(), size, size);
}

void* pvalloc(std::size_t size) noexcept {
  const std::size_t page = PageSize();
  const std::size_t pages = size / page + (size % page != 0);
  std::size_t whole = 0;
  if (__builtin_mul_overflow(pages, page, &whole)) {
    errno = ENOMEM;
    return nullptr;
  }
  return Memalign(page, whole, size);
}

void free(void* memory) noexcept { Free(memory); }

}  // extern "C"

void* operator new(std::size_t size) { return NewPlain(size); }
void* operator new[](std::size_t size) { return NewPlain(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return OrNull([size] { return NewPlain(size); });
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return OrNull([size] { return NewPlain(size); });
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return NewAligned(size, alignment);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return NewAligned(size, alignment);
}
void* operator new(std::size_t size, std::align_val_t alignment,
                   const std::nothrow_t&) noexcept {
  return OrNull([=] { return NewAligned(size, alignment); });
}
void* operator new[](std::size_t size, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  return OrNull([=] { return NewAligned(size, alignment); });
}

void operator delete(void* memory) noexcept { Free(memory); }
void operator delete[](void* memory) noexcept { Free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  Free(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  Free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { Free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { Free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { Free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept {
  Free(memory);
}
void operator delete(void* memory, std::align_val_t,
                     const std::nothrow_t&) noexcept {
  Free(memory);
}
void operator delete[](void* memory, std::align_val_t,
                       const std::nothrow_t&) noexcept {
  Free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  Free(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
  Free(memory);
}

#pragma GCC visibility pop

#endif
