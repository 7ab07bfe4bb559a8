#include "harness/self_check.h"

#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>

#include "harness/alloc_counter.h"

namespace opstat::harness {

namespace {

constexpr std::size_t kBytes = 64;
// valloc and pvalloc round up to a page, which some runtimes report.
constexpr std::size_t kPage = 4096;
constexpr std::align_val_t kAlignment{64};

// The compiler may drop an allocation that nobody sees.
void* Seen(void* memory) {
  asm volatile("" : "+r"(memory) : : "memory");
  return memory;
}

void* Grow(void* memory) { return std::realloc(memory, 2 * kBytes); }

void* PosixMemalign() {
  void* memory = nullptr;
  return posix_memalign(&memory, kBytes, kBytes) == 0 ? memory : nullptr;
}

struct Door {
  std::string_view name;
  void (*use)();
  AllocTotals expected;
};

constexpr AllocTotals kOne{1, kBytes, 1};
constexpr AllocTotals kGrown{2, 3 * kBytes, 2};
constexpr AllocTotals kOnePage{1, kPage, 1};

// clang-format off
constexpr Door kDoors[] = {
  {"malloc", [] { std::free(Seen(std::malloc(kBytes))); }, kOne},
  {"calloc", [] { std::free(Seen(std::calloc(kBytes / 8, 8))); }, kOne},
  {"realloc", [] { std::free(Seen(Grow(Seen(std::malloc(kBytes))))); }, kGrown},
  {"reallocarray",
   [] { std::free(Seen(reallocarray(nullptr, kBytes / 8, 8))); }, kOne},
  {"posix_memalign", [] { std::free(Seen(PosixMemalign())); }, kOne},
  {"aligned_alloc",
   [] { std::free(Seen(std::aligned_alloc(kBytes, kBytes))); }, kOne},
  {"memalign", [] { std::free(Seen(memalign(kBytes, kBytes))); }, kOne},
  {"valloc", [] { std::free(Seen(valloc(kPage))); }, kOnePage},
  {"pvalloc", [] { std::free(Seen(pvalloc(kPage))); }, kOnePage},
  {"new", [] { ::operator delete(Seen(::operator new(kBytes))); }, kOne},
  {"new[]", [] { ::operator delete[](Seen(::operator new[](kBytes))); }, kOne},
  {"nothrow new",
   [] { ::operator delete(Seen(::operator new(kBytes, std::nothrow)),
                          std::nothrow); }, kOne},
  {"nothrow new[]",
   [] { ::operator delete[](Seen(::operator new[](kBytes, std::nothrow)),
                            std::nothrow); }, kOne},
  {"aligned new",
   [] { ::operator delete(Seen(::operator new(kBytes, kAlignment)),
                          kAlignment); }, kOne},
  {"aligned new[]",
   [] { ::operator delete[](Seen(::operator new[](kBytes, kAlignment)),
                            kAlignment); }, kOne},
  {"nothrow aligned new",
   [] { ::operator delete(
            Seen(::operator new(kBytes, kAlignment, std::nothrow)),
            kAlignment, std::nothrow); }, kOne},
  {"nothrow aligned new[]",
   [] { ::operator delete[](
            Seen(::operator new[](kBytes, kAlignment, std::nothrow)),
            kAlignment, std::nothrow); }, kOne},
};
// clang-format on

bool CountsExactly(const Door& door) {
  const std::optional<AllocTotals> before = OwnThreadTotals();
  door.use();
  std::optional<AllocTotals> used = OwnThreadTotals();
  if (!before || !used) return false;
  *used -= *before;
  return *used == door.expected;
}

}  // namespace

std::string_view FirstMiscountedDoor() {
  for (const Door& door : kDoors) {
    if (!CountsExactly(door)) return door.name;
  }
  return "";
}

}  // namespace opstat::harness
