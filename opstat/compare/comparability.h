#pragma once

#include <string>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// Why two runs' rows cannot be judged; an empty reason: they can.
struct Comparability {
  std::string noisy;          ///< times and near-exact counts
  std::string exact;          ///< counts that are constant on both sides
  std::string exact_varying;  ///< counts that vary, which a test would judge
};

/// Samples are judged by a test when each is a process of its own and both
/// sides come of one interleaved session, or the policy takes them as
/// independent. Exact counts need one session, or runs whose compiler, flags,
/// standard library, allocator and ISA path are equal (or unknown in both).
Comparability Comparable(const benchfmt::Run& baseline,
                         const benchfmt::Run& contender, const Policy& policy);

/// "host.cpu differs: A, B", the first such fact that both know; "" for none.
std::string HostDifference(const benchfmt::Run& baseline,
                           const benchfmt::Run& contender);

/// Whether the samples of both alternated in time: process samples, and of one
/// run (columns by key) or of one session.
bool Interleaved(const benchfmt::Run& baseline, const benchfmt::Run& contender);

}  // namespace opstat::compare
