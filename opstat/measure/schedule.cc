#include "opstat/measure/schedule.h"

#include <numeric>
#include <utility>

namespace opstat::measure {
namespace {

// Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t operator()() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

std::vector<int> CountTo(int n) {
  std::vector<int> numbers(static_cast<std::size_t>(n));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

// The modulo's bias is below 2^-40 for any list of benchmarks.
void Shuffle(std::vector<int>& numbers, SplitMix64& random) {
  for (std::size_t i = numbers.size(); i > 1; --i)
    std::swap(numbers[i - 1], numbers[random() % i]);
}

}  // namespace

Schedule MakeSchedule(int benchmarks, int sides, int rounds,
                      std::uint64_t seed) {
  SplitMix64 random(seed);
  std::vector<int> benchmark_order = CountTo(benchmarks);
  std::vector<int> side_order = CountTo(sides);
  Schedule schedule;
  for (int block = 0; block < (rounds + 1) / 2; ++block) {
    Shuffle(benchmark_order, random);
    std::vector<Slot> round;
    for (int benchmark : benchmark_order) {
      Shuffle(side_order, random);
      for (int side : side_order) round.push_back({benchmark, side});
    }
    schedule.push_back(round);
    schedule.emplace_back(round.rbegin(), round.rend());
  }
  return schedule;
}

std::uint64_t StageSeed(std::uint64_t seed, int stage) {
  return stage == 0 ? seed
                    : SplitMix64(seed + static_cast<std::uint64_t>(stage))();
}

}  // namespace opstat::measure
