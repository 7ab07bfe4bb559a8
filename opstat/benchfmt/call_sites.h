#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace opstat::benchfmt {

/// A function and where in it: the call that leads on, or the allocation.
struct Frame {
  std::string function;      ///< demangled; "" when the program does not tell
  std::string file;          ///< as the debug information has it; "" without
  int line = 0;              ///< 0 without debug information
  std::string module;        ///< the program or library it lies in, a path
  std::uint64_t offset = 0;  ///< from where the module was loaded

  bool operator==(const Frame&) const = default;
};

/// What a timed loop allocates at one place: per iteration, and once a call of
/// the benchmark function (see harness/steady_state.h).
struct SiteCounts {
  double allocs_per_op = 0;
  double bytes_per_op = 0;
  double one_time_allocs = 0;
  double one_time_bytes = 0;

  SiteCounts& operator+=(const SiteCounts& other) {
    allocs_per_op += other.allocs_per_op;
    bytes_per_op += other.bytes_per_op;
    one_time_allocs += other.one_time_allocs;
    one_time_bytes += other.one_time_bytes;
    return *this;
  }
  bool operator==(const SiteCounts&) const = default;
};

/// One way to a call site: the frames of the user's code, the deepest first, up
/// to the benchmark function. A recursion is one frame.
struct CallPath {
  std::vector<Frame> frames;  ///< not empty
  SiteCounts counts;
};

/// A place in the user's code that allocates, itself or through the standard
/// library. Its paths begin with its frame; its counts are theirs together.
struct CallSite {
  Frame frame;
  SiteCounts counts;
  std::vector<CallPath> paths;  ///< the one that allocates most first
};

/// All call sites of one benchmark's timed loop, the one that allocates most
/// first.
struct CallSites {
  std::string benchmark;
  int processes = 0;  ///< that were run and gave the same counts
  SiteCounts counts;  ///< as counted, not added up
  std::vector<CallSite> sites;
  /// Paths of user code whose functions have no file and line.
  std::vector<std::string> modules_without_lines;
  std::vector<std::string> warnings;
};

/// What was counted and belongs to no site: more different stacks than the
/// harness keeps. Exactly 0 when the sites add up to the counts, but for what
/// the rounding of fractions leaves.
SiteCounts Unattributed(const CallSites& found);

}  // namespace opstat::benchfmt
