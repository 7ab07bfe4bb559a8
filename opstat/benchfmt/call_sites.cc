#include "opstat/benchfmt/call_sites.h"

#include <cmath>

namespace opstat::benchfmt {
namespace {

// Sites that allocate every few iterations have fractions for counts.
double Remainder(double counted, double sum) {
  constexpr double kRounding = 1e-9;
  return std::fabs(counted - sum) <= kRounding * counted ? 0 : counted - sum;
}

}  // namespace

SiteCounts Unattributed(const CallSites& found) {
  SiteCounts sum;
  for (const CallSite& site : found.sites) sum += site.counts;
  const SiteCounts& all = found.counts;
  return {Remainder(all.allocs_per_op, sum.allocs_per_op),
          Remainder(all.bytes_per_op, sum.bytes_per_op),
          Remainder(all.one_time_allocs, sum.one_time_allocs),
          Remainder(all.one_time_bytes, sum.one_time_bytes)};
}

}  // namespace opstat::benchfmt
