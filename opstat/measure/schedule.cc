#include "opstat/measure/schedule.h"

#include <algorithm>
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

}  // namespace

Schedule MakeSchedule(int benchmarks, int rounds, std::uint64_t seed) {
  SplitMix64 random(seed);
  std::vector<int> order(static_cast<std::size_t>(benchmarks));
  std::iota(order.begin(), order.end(), 0);
  Schedule schedule;
  for (int block = 0; block < (rounds + 1) / 2; ++block) {
    // The modulo's bias is below 2^-40 for any list of benchmarks.
    for (std::size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[random() % i]);
    schedule.push_back(order);
    schedule.emplace_back(order.rbegin(), order.rend());
  }
  return schedule;
}

}  // namespace opstat::measure
