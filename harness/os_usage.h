#pragma once

#include <cstdint>
#include <optional>

namespace opstat::harness {

/// What the kernel has done for the calling thread so far. Neither function
/// allocates; a reading takes microseconds and is not part of a timed loop.

/// Minor page faults: of the whole process (workers that the code under test
/// spawned included), or of the calling thread alone.
enum class FaultScope { kProcess, kThread };
std::uint64_t MinorFaults(FaultScope scope) noexcept;

/// Nanoseconds that the calling thread was runnable but not running, the
/// second field of /proc/thread-self/schedstat. Nothing where the kernel does
/// not say.
std::optional<std::uint64_t> RunDelayNanoseconds() noexcept;

}  // namespace opstat::harness
