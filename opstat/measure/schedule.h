#pragma once

#include <cstdint>
#include <vector>

namespace opstat::measure {

/// For each round, the order in which the benchmarks run.
using Schedule = std::vector<std::vector<int>>;

/// `rounds` (rounded up to even) rounds over benchmarks 0..n-1. Two rounds form
/// a block: the first in an order drawn from `seed`, the second mirrored, so
/// that within a block every pair of benchmarks runs once in each order and a
/// linear drift cancels. The same arguments give the same schedule on every
/// machine and library (SplitMix64 and Fisher-Yates, no <random> distribution).
Schedule MakeSchedule(int benchmarks, int rounds, std::uint64_t seed);

}  // namespace opstat::measure
