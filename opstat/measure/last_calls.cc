#include "opstat/measure/last_calls.h"

namespace opstat::measure {

LastCalls::LastCalls(const Recording& recording, bool warms_up)
    : last_(recording.calls.back()) {
  if (!warms_up) return;
  for (const Recording::Call& call : recording.calls)
    if (call.iterations < last_.iterations) before_ = &call;
}

std::map<std::vector<std::uint64_t>, CallCounts> LastCalls::CountStacks()
    const {
  std::map<std::vector<std::uint64_t>, CallCounts> counts;
  for (const Recording::Stack& stack : last_.stacks)
    counts[stack.addresses].last += stack.count;
  if (before_ != nullptr)
    for (const Recording::Stack& stack : before_->stacks)
      counts[stack.addresses].before += stack.count;
  return counts;
}

benchfmt::SiteCounts LastCalls::PerIteration(const CallCounts& counts) const {
  benchfmt::SiteCounts site;
  Split(counts.last.allocs, counts.before.allocs, site.allocs_per_op,
        site.one_time_allocs);
  Split(counts.last.bytes, counts.before.bytes, site.bytes_per_op,
        site.one_time_bytes);
  return site;
}

void LastCalls::Split(std::uint64_t last, std::uint64_t before, double& per_op,
                      double& one_time) const {
  per_op = static_cast<double>(last) / static_cast<double>(last_.iterations);
  if (before_ == nullptr || last < before) return;
  const std::uint64_t iterations = last_.iterations - before_->iterations;
  const std::uint64_t slope = (last - before) / iterations;
  if ((last - before) % iterations != 0 || slope * last_.iterations > last)
    return;
  per_op = static_cast<double>(slope);
  one_time = static_cast<double>(last - slope * last_.iterations);
}

}  // namespace opstat::measure
