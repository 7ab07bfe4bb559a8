// A program whose operator new takes memory from a place of its own: whoever
// counts calls of malloc sees nothing of it.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <new>

namespace {

alignas(std::max_align_t) std::byte arena[64 << 20];
std::size_t used = 0;

}  // namespace

void* operator new(std::size_t size) {
  std::byte* memory = arena + used;
  used += (size + 63) / 64 * 64;
  if (used > sizeof arena) throw std::bad_alloc();
  return memory;
}
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}

namespace {

void New(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(new int);
}
BENCHMARK(New)->Iterations(10);

}  // namespace

BENCHMARK_MAIN();
