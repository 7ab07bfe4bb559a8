#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace opstat::store {

/// Which runs `opstat gc` takes. Tagged runs stay, and runs whose time cannot
/// be read.
struct PruneRequest {
  /// Seconds since 1970: only runs measured before.
  std::int64_t before = 0;
  /// As many of the runs stored last stay, whatever their age.
  std::int64_t keep_runs = 0;
};

/// Runs to take. Those that no comparison names go entirely; of the others the
/// samples and medians go, and what the run was stays beside its comparisons.
struct PrunePlan {
  std::vector<std::string> runs;  ///< ids, the newest first
  std::int64_t samples = 0;
  std::int64_t compared = 0;  ///< of `runs`, those that comparisons name
  std::int64_t tagged = 0;    ///< old enough, but kept for their tag
  std::int64_t undated = 0;   ///< kept for want of a time
};

}  // namespace opstat::store
