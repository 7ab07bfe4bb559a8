// What counting costs: an allocation and its free of 64 bytes, the cheapest
// there is (glibc's thread cache serves it). Built with and without the
// harness.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t kBytes = 64;

// An optimiser drops an allocation that nobody sees.
void* Seen(void* memory) {
  asm volatile("" : "+r"(memory) : : "memory");
  return memory;
}

void NewDelete(benchmark::State& state) {
  for (auto _ : state) ::operator delete(Seen(::operator new(kBytes)));
}
BENCHMARK(NewDelete)->Threads(1)->Threads(2);

void MallocFree(benchmark::State& state) {
  for (auto _ : state) std::free(Seen(std::malloc(kBytes)));
}
BENCHMARK(MallocFree)->Threads(1)->Threads(2);

}  // namespace

BENCHMARK_MAIN();
