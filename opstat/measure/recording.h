#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace opstat::measure {

/// What the harness writes where OPSTAT_CALL_SITES names a file (see
/// harness/call_sites.h): raw addresses of one process.
struct Recording {
  struct Count {
    std::uint64_t allocs = 0;
    std::uint64_t bytes = 0;

    Count& operator+=(const Count& other) {
      allocs += other.allocs;
      bytes += other.bytes;
      return *this;
    }
  };
  struct Stack {
    std::vector<std::uint64_t> addresses;  ///< innermost first
    Count count;
  };
  /// One call of the benchmark function.
  struct Call {
    std::uint64_t iterations = 0;
    Count count;  ///< as counted; the stacks may add up to less
    std::vector<Stack> stacks;
  };

  std::vector<Call> calls;
  std::string maps;  ///< /proc/PID/maps after the last call
};

/// Lines that it does not know are passed over; a text without calls gives a
/// recording without calls.
Recording ReadRecording(const std::string& text);

}  // namespace opstat::measure
