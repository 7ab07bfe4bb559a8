// What `make trial` measures: one program whose benchmarks do UNITS_OF_WORK
// (default 100) inner units an iteration, so that 102 and 105 are a true +2%
// and +5% of the same machine code. They differ in what makes times unsteady:
// arithmetic, caches, the allocator, branches, the kernel.
#include <benchmark/benchmark.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <list>
#include <numeric>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

int Units() {
  static const int units = [] {
    const char* text = std::getenv("UNITS_OF_WORK");
    return text == nullptr ? 100 : std::atoi(text);
  }();
  return units;
}

template <typename Unit>
void Repeat(benchmark::State& state, Unit unit) {
  for ([[maybe_unused]] auto _ : state)
    for (int i = 0; i < Units(); ++i) unit();
}

void Arithmetic(benchmark::State& state) {
  std::uint64_t x = 88172645463325252;
  Repeat(state, [&] {
    for (int i = 0; i < 32; ++i) {
      x ^= x << 13;
      x ^= x >> 7;
      x ^= x << 17;
    }
    benchmark::DoNotOptimize(x);
  });
}
BENCHMARK(Arithmetic);

void Copy(benchmark::State& state) {
  const std::vector<char> from(static_cast<std::size_t>(state.range(0)), 1);
  std::vector<char> to(from.size());
  Repeat(state, [&] {
    std::memcpy(to.data(), from.data(), from.size());
    benchmark::ClobberMemory();
  });
}
BENCHMARK(Copy)->Arg(4096)->Arg(262144);

void Sort(benchmark::State& state) {
  std::mt19937 random(1);
  std::vector<unsigned> values(128);
  std::ranges::generate(values, random);
  std::vector<unsigned> sorted;
  Repeat(state, [&] {
    sorted = values;
    std::ranges::sort(sorted);
    benchmark::DoNotOptimize(sorted.data());
  });
}
BENCHMARK(Sort);

void HashLookup(benchmark::State& state) {
  constexpr int kKeys = 20000;
  constexpr int kStride = 7919;
  std::unordered_map<int, int> map;
  for (int i = 0; i < kKeys; ++i) map[i * kStride] = i;
  int key = 0;
  Repeat(state, [&] {
    for (int i = 0; i < 16; ++i)
      benchmark::DoNotOptimize(map.find((key++ % kKeys) * kStride)->second);
  });
}
BENCHMARK(HashLookup);

void PushBack(benchmark::State& state) {
  Repeat(state, [] {
    std::vector<int> values;
    for (int i = 0; i < 100; ++i) values.push_back(i);
    benchmark::DoNotOptimize(values.data());
  });
}
BENCHMARK(PushBack);

void Concatenate(benchmark::State& state) {
  Repeat(state, [] {
    std::string text;
    for (int i = 0; i < 16; ++i) text += "abcdefgh";
    benchmark::DoNotOptimize(text.data());
  });
}
BENCHMARK(Concatenate);

void ListAllocation(benchmark::State& state) {
  Repeat(state, [] {
    std::list<int> list;
    for (int i = 0; i < 32; ++i) list.push_back(i);
    benchmark::DoNotOptimize(list);
  });
}
BENCHMARK(ListAllocation);

void Convolution(benchmark::State& state) {
  constexpr std::size_t kTaps = 9;
  const std::vector<float> x(512, 1), taps(kTaps, .1F);
  std::vector<float> y(x.size() - kTaps + 1);
  Repeat(state, [&] {
    for (std::size_t i = 0; i < y.size(); ++i)
      y[i] =
          std::inner_product(taps.begin(), taps.end(),
                             x.begin() + static_cast<std::ptrdiff_t>(i), 0.F);
    benchmark::DoNotOptimize(y.data());
    benchmark::ClobberMemory();
  });
}
BENCHMARK(Convolution);

void PointerChase(benchmark::State& state) {
  std::vector<std::uint32_t> next(1 << 20);
  std::iota(next.begin(), next.end(), 0U);
  std::mt19937 random(2);
  // Sattolo's shuffle: one cycle through all.
  for (std::size_t i = next.size() - 1; i > 0; --i)
    std::swap(next[i], next[random() % i]);
  std::uint32_t at = 0;
  Repeat(state, [&] {
    for (int i = 0; i < 16; ++i) at = next[at];
    benchmark::DoNotOptimize(at);
  });
}
BENCHMARK(PointerChase);

void Branches(benchmark::State& state) {
  std::mt19937 random(3);
  std::vector<unsigned char> values(4096);
  for (unsigned char& value : values)
    value = static_cast<unsigned char>(random());
  long sum = 0;
  std::size_t at = 0;
  Repeat(state, [&] {
    for (int i = 0; i < 128; ++i) {
      const unsigned char value = values[at++ % values.size()];
      if (value < 100)
        sum += value;
      else if (value < 180)
        sum ^= value * 3;
      else
        sum -= value;
    }
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(Branches);

void SystemCall(benchmark::State& state) {
  Repeat(state, [] { benchmark::DoNotOptimize(syscall(SYS_getppid)); });
}
BENCHMARK(SystemCall);

}  // namespace
