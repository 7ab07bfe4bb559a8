#include <benchmark/benchmark.h>

#include "sum.h"

namespace {

void Sum(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(SumOfNumbers("11,22,33,44,55,66,77,88"));
}
BENCHMARK(Sum)->Name("Sum/numbers:8");

}  // namespace
