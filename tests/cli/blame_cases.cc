// Benchmarks whose call sites and counts are known exactly; nothing here names
// opstat. "site: NAME" marks the line that blame_test.cc expects for NAME.
// Built several times: see CMakeLists.txt. CONTENDER is what a change did.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <thread>
#include <vector>

#include "tests/cli/blame_library.h"

namespace cases {

// Keeps the compiler from dropping an allocation that nothing reads, and from
// making a jump of the call that allocates.
template <class T>
T* Use(T* memory) {
  asm volatile("" : "+r"(memory) : : "memory");
  return memory;
}

#define LOOP_BENCHMARK(name, ...)      \
  void name(benchmark::State& state) { \
    for (auto _ : state) __VA_ARGS__;  \
  }                                    \
  BENCHMARK(name)

LOOP_BENCHMARK(Nothing, {});

[[gnu::noinline]] void Fill(std::vector<int>& numbers) {
  for (int i = 0; i < 100; ++i) {
    numbers.push_back(i);  // site: vector
  }
  Use(numbers.data());
}
void VectorGrows(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<int> numbers;
    Fill(numbers);  // site: vector's caller
  }
}
BENCHMARK(VectorGrows);

[[gnu::always_inline]] inline void* MakeInlined() {
  return Use(std::malloc(70));  // site: inlined
}
void Inlined(benchmark::State& state) {
  for (auto _ : state) {
    std::free(MakeInlined());  // site: inlined's caller
  }
}
BENCHMARK(Inlined);

// NOLINTNEXTLINE(misc-no-recursion)
[[gnu::noinline]] void Recurse(int depth) {
  void* memory = Use(std::malloc(10));  // site: recursive
  if (depth > 1) Recurse(depth - 1);
  std::free(Use(memory));
}
void Recursive(benchmark::State& state) {
  for (auto _ : state) {
    Recurse(4);  // site: recursive's caller
  }
}
BENCHMARK(Recursive);

[[gnu::noinline]] void* Helper(std::size_t bytes) {
  return Use(::operator new(bytes));  // site: helper
}
[[gnu::noinline]] void Small() {
  ::operator delete(Use(Helper(100)));  // site: helper's first caller
}
[[gnu::noinline]] void Large() {
  ::operator delete(Use(Helper(1000)));  // site: helper's second caller
  ::operator delete(Use(Helper(1000)));
}
LOOP_BENCHMARK(TwoPaths, {
  Small();
  Large();
});

void InThread(benchmark::State& state) {
  for (auto _ : state) {
    std::thread([] {
      std::free(Use(std::malloc(1000)));  // site: in a thread
    }).join();
  }
}
BENCHMARK(InThread);

void OnThreads(benchmark::State& state) {
  for (auto _ : state) {
    std::free(Use(std::malloc(30)));  // site: on threads
  }
}
BENCHMARK(OnThreads)->Threads(3);

void InLibrary(benchmark::State& state) {
  for (auto _ : state) {
    LibraryFree(LibraryAllocate(40));  // site: library's caller
  }
}
BENCHMARK(InLibrary);

void CLibrary(benchmark::State& state) {
  for (auto _ : state) {
    std::free(Use(strdup("nine char")));  // site: strdup
  }
}
BENCHMARK(CLibrary);

void Paused(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    std::free(Use(std::malloc(5000)));
    state.ResumeTiming();
    std::free(Use(std::malloc(20)));  // site: not paused
  }
}
BENCHMARK(Paused);

void WarmsUp(benchmark::State& state) {
  std::vector<char> pool;
  for (auto _ : state) {
    if (pool.empty()) pool.resize(500);  // site: warm-up
    Use(pool.data());
    std::free(Use(std::malloc(20)));  // site: every iteration
  }
}
BENCHMARK(WarmsUp);

void Sometimes(benchmark::State& state) {
  int i = 0;
  for (auto _ : state) {
    if (++i % 200 == 0) {
      std::free(Use(std::malloc(100)));  // site: sometimes
    }
  }
}
BENCHMARK(Sometimes)->Iterations(1000);

class Fixture : public benchmark::Fixture {};
BENCHMARK_F(Fixture, Case)(benchmark::State& state) {
  for (auto _ : state) {
    delete[] Use(new int[25]);  // site: fixture
  }
}

void Refuses(benchmark::State& state) {
  for (auto _ : state) {
    state.SkipWithError("refused");
    break;
  }
}
BENCHMARK(Refuses);

#ifdef CONTENDER
constexpr int kTimes = 3;
#else
constexpr int kTimes = 1;
#endif

void Changes(benchmark::State& state) {
  for (auto _ : state) {
#ifdef CONTENDER
    std::free(Use(std::malloc(64)));  // site: new
#endif
    std::free(Use(std::malloc(100)));  // the same
    for (int i = 0; i < kTimes; ++i) {
      std::free(Use(std::malloc(10)));  // site: grew
    }
#ifndef CONTENDER
    std::free(Use(std::malloc(7)));  // gone
#endif
  }
}
BENCHMARK(Changes);

#ifdef CONTENDER
LOOP_BENCHMARK(OnlyInContender, {});
#else
LOOP_BENCHMARK(OnlyInBaseline, {});
#endif

}  // namespace cases

BENCHMARK_MAIN();
