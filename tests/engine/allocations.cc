#include "tests/engine/allocations.h"

#include <cstdlib>
#include <cstring>
#include <new>

namespace opstat::engine {
namespace {

thread_local AllocationWatch* current = nullptr;

void* Allocate(std::size_t bytes, std::size_t alignment) {
  if (current != nullptr && !current->Note(bytes)) throw std::bad_alloc();
  const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
  void* p = std::aligned_alloc(alignment, whole);
  if (p == nullptr) throw std::bad_alloc();
  // Nothing may rely on fresh memory being zero.
  return std::memset(p, 0xA5, whole);
}

}  // namespace

AllocationWatch::AllocationWatch() { current = this; }
AllocationWatch::~AllocationWatch() { current = nullptr; }

bool AllocationWatch::Note(std::size_t bytes) noexcept {
  if (count_ < kRemembered) bytes_[count_] = bytes;
  return count_++ < fail_at_;
}

}  // namespace opstat::engine

// The remaining forms (arrays, nothrow) are defined by the standard library in
// terms of these.
void* operator new(std::size_t bytes) {
  return opstat::engine::Allocate(bytes, alignof(std::max_align_t));
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return opstat::engine::Allocate(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
  std::free(p);
}
