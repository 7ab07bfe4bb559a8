#pragma once

#include <cstdint>
#include <vector>

namespace opstat::measure {

/// One process of a session.
struct Slot {
  int benchmark = 0;
  int side = 0;
  bool operator==(const Slot&) const = default;
};

/// For each round, its processes in the order they run.
using Schedule = std::vector<std::vector<Slot>>;

/// `rounds` (rounded up to even) rounds over benchmarks 0..b-1 of sides
/// 0..s-1. Two rounds form a block. The first takes the benchmarks in a random
/// order, and the sides of each, one after the other, in a random order of
/// their own; the second is the mirror image of the first. Two sides thus run
/// A B B A or B A A B, by a fair choice for each benchmark and block, and a
/// linear drift within a block cancels between any two processes.
///
/// The same arguments give the same schedule on every machine and library
/// (SplitMix64 and Fisher-Yates, no <random> distribution).
Schedule MakeSchedule(int benchmarks, int sides, int rounds,
                      std::uint64_t seed);

/// The seed of a session's stage: `seed` itself for stage 0.
std::uint64_t StageSeed(std::uint64_t seed, int stage);

}  // namespace opstat::measure
