#pragma once

#include <cstdint>
#include <string>

namespace opstat::measure {

/// 32 random hex digits from the kernel: the identity of a run or session.
std::string RandomId();
/// A random seed that a person can type again: below 10^9.
std::uint64_t RandomSeed();
/// Now in UTC, ISO 8601 to the second: "2026-11-23T10:20:30Z".
std::string UtcNow();

}  // namespace opstat::measure
