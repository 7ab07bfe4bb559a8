#pragma once

#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/call_sites.h"

namespace opstat::compare {

/// A call site of the contender that allocates more per iteration, in number or
/// in bytes, than its counterpart of the baseline.
struct GrownCallSite {
  std::optional<benchfmt::CallSite> baseline;  ///< nothing: the site is new
  benchfmt::CallSite contender;  ///< the path that grew most comes first

  double AddedAllocs() const;  ///< per iteration
  double AddedBytes() const;
};

/// Which call sites explain that a benchmark allocates more than it did.
struct CallSiteGrowth {
  std::string benchmark;
  int processes = 0;  ///< of each side
  benchfmt::SiteCounts baseline, contender;
  std::vector<GrownCallSite> sites;  ///< the one that grew most first
  std::vector<std::string> modules_without_lines;
  std::vector<std::string> warnings;
};

/// Sites of one function are counterparts, whatever their lines: an edit above
/// moves all of them. Within a function those that allocate the same pair off
/// first, then those whose allocations have the same size, then what lies
/// between the same pairs, in order. Functions without a name are told apart
/// by their module alone.
CallSiteGrowth FindGrowth(const benchfmt::CallSites& baseline,
                          const benchfmt::CallSites& contender);

}  // namespace opstat::compare
