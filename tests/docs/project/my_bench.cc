// The names and keys that the documents speak of.
#include <benchmark/benchmark.h>

#include <vector>

namespace {

void Work(benchmark::State& state, bool allocates) {
  std::vector<int> pool(100);
  for (auto _ : state) {
    std::vector<int> fresh(allocates ? 100 : 0);
    std::vector<int>& numbers = allocates ? fresh : pool;
    for (int& number : numbers) benchmark::DoNotOptimize(++number);
  }
}

#define OPSTAT_WORK(name, allocating, pooled)                     \
  BENCHMARK_CAPTURE(Work, name##1, true)->Name(#name allocating); \
  BENCHMARK_CAPTURE(Work, name##2, false)->Name(#name pooled)
OPSTAT_WORK(Fill, "/reserve:no", "/reserve:yes");
OPSTAT_WORK(Parse, "/scratch:allocating/shape:small",
            "/scratch:pooled/shape:small");
OPSTAT_WORK(Conv2D, "/shape:GEMM/dtype:f32/scratch:allocating",
            "/shape:GEMM/dtype:f32/scratch:pooled");

}  // namespace
