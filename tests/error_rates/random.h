#pragma once

#include <cstdint>

#include "opstat/stats/normal.h"

namespace opstat::error_rates {

/// Random numbers that are the same with every compiler and library, as those
/// of <random>'s distributions are not: SplitMix64 (Steele, Lea and Flood
/// 2014), and normal ones by inversion.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  /// In (0, 1), never at an end.
  double Uniform() { return (double(Bits() >> 11) + 0.5) * 0x1p-53; }
  double Uniform(double low, double high) {
    return low + (high - low) * Uniform();
  }
  double Normal() { return stats::NormalQuantile(Uniform()); }
  bool Chance(double p) { return Uniform() < p; }
  int Between(int low, int end) {
    return low + int(Uniform() * double(end - low));
  }

 private:
  std::uint64_t state_;
};

}  // namespace opstat::error_rates
