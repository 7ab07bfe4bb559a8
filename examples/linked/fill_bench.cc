// A benchmark as anybody writes it. It knows nothing of opstat.
#include <benchmark/benchmark.h>

#include <vector>

namespace {

constexpr int kNumbers = 100;

void Fill(std::vector<int>& numbers) {
  for (int i = 0; i < kNumbers; ++i) numbers.push_back(i);
  benchmark::DoNotOptimize(numbers.data());
}

// Grows from 1 to 128 numbers: 8 allocations, 255 numbers of 4 bytes.
void FillGrowing(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<int> numbers;
    Fill(numbers);
  }
}
BENCHMARK(FillGrowing)->Name("Fill/reserve:no");

void FillReserved(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<int> numbers;
    numbers.reserve(kNumbers);
    Fill(numbers);
  }
}
BENCHMARK(FillReserved)->Name("Fill/reserve:yes");

}  // namespace
