// Allocations that no allocator grants: what was refused is not counted, and
// what it was to replace is still there. Apart from alloc_cases.cc, because a
// sanitizer ends the program instead. loop_test.cc says what each must report.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

// Read anew each time: compilers warn of a request that cannot be met.
volatile std::size_t too_much = PTRDIFF_MAX;

// A benchmark whose timed loop has this body. What it gets after all is
// counted, and leaks.
#define REFUSED_BENCHMARK(name, ...)   \
  void name(benchmark::State& state) { \
    for (auto _ : state) __VA_ARGS__;  \
  }                                    \
  BENCHMARK(name)

void Keep(void* memory) { asm volatile("" : : "r"(memory) : "memory"); }

REFUSED_BENCHMARK(RefusedMalloc, { Keep(std::malloc(too_much)); });
REFUSED_BENCHMARK(RefusedCalloc, { Keep(std::calloc(too_much, 1)); });
REFUSED_BENCHMARK(RefusedPvalloc, { Keep(pvalloc(2 * too_much)); });
REFUSED_BENCHMARK(RefusedRealloc, {
  void* kept = std::malloc(100);
  Keep(kept);
  void* moved = std::realloc(kept, too_much);
  std::free(moved == nullptr ? kept : moved);
});
REFUSED_BENCHMARK(RefusedReallocarray, {
  void* kept = std::malloc(100);
  Keep(kept);
  void* moved = reallocarray(kept, too_much, 4);
  std::free(moved == nullptr ? kept : moved);
});

template <class Allocate>
void Catch(Allocate allocate) {
  try {
    Keep(allocate());
  } catch (const std::bad_alloc&) {
  }
}

// The exception is allocated.
REFUSED_BENCHMARK(RefusedNew,
                  { Catch([] { return ::operator new(too_much); }); });
REFUSED_BENCHMARK(RefusedNothrowNew,
                  { Keep(::operator new(too_much, std::nothrow)); });

int asks_left = 0;

// Allocates, so that each time it is asked counts.
void Handler() {
  void* some = std::malloc(10);
  Keep(some);
  std::free(some);
  if (--asks_left == 0) std::set_new_handler(nullptr);
}

REFUSED_BENCHMARK(NewHandlerIsAsked, {
  asks_left = 3;
  std::set_new_handler(Handler);
  Catch([] { return ::operator new(too_much); });
});

}  // namespace
