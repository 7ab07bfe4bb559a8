#pragma once

#include <string>

#include "opstat/benchfmt/call_sites.h"
#include "opstat/measure/program.h"

namespace opstat::measure {

/// How call sites are recorded. Counts are exact, so little time will do.
struct CallSiteOptions {
  double min_time = 0.01;  ///< seconds a process measures for, at least
  int processes = 1;       ///< at least 1; a warning when their counts differ
};

/// The call sites that allocate inside the timed loop of `benchmark`, in
/// processes of their own. `program` is what WithCounting() gave. What each
/// site allocates per iteration follows allocs/op of the same process: where
/// that told a warm-up apart, so does each site.
/// Throws Error(kCannotMeasure) when the program fails, or does not count its
/// allocations.
benchfmt::CallSites MeasureCallSites(const Program& program,
                                     const std::string& benchmark,
                                     const CallSiteOptions& options);

}  // namespace opstat::measure
