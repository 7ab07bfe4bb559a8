#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "opstat/benchfmt/call_sites.h"
#include "opstat/measure/recording.h"

namespace opstat::measure {

/// What a stack, or several together, did in the last call of the benchmark
/// function and in the call before it. Whole numbers: they add up exactly.
struct CallCounts {
  Recording::Count last, before;

  CallCounts& operator+=(const CallCounts& other) {
    last += other.last;
    before += other.before;
    return *this;
  }
};

/// The last call of a recording and, where the harness told a warm-up of every
/// call apart, the last one before it with fewer iterations.
///
/// A compiler may compile the first iteration of a loop apart from the others.
/// So counts are added up by place first; then PerIteration() divides.
class LastCalls {
 public:
  /// REQUIRES: `recording` outlives this, and has a call with iterations.
  LastCalls(const Recording& recording, bool warms_up);

  /// By stack, its addresses innermost first.
  std::map<std::vector<std::uint64_t>, CallCounts> CountStacks() const;

  /// With a call before: the slope between both, where it is whole, and the
  /// rest as one-time. Else the last call's count / iterations. This is what
  /// EstimateSteadyState() of harness/steady_state.h makes of all stacks.
  benchfmt::SiteCounts PerIteration(const CallCounts& counts) const;

 private:
  void Split(std::uint64_t last, std::uint64_t before, double& per_op,
             double& one_time) const;

  const Recording::Call& last_;
  const Recording::Call* before_ = nullptr;
};

}  // namespace opstat::measure
