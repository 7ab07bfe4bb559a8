#include "opstat/compare/environments.h"

#include <algorithm>

#include "opstat/benchfmt/unit.h"
#include "opstat/compare/comparability.h"

namespace opstat::compare {
namespace {

using benchfmt::Run;

bool SameNoise(const Run& a, const Run& b) {
  return HostDifference(a, b).empty() &&
         a.Fact("build.sanitizer") == b.Fact("build.sanitizer");
}

bool SameCounts(const Run& a, const Run& b) {
  return Comparable(a, b, {}).exact.empty();
}

}  // namespace

Environments::Place Environments::Of(const std::shared_ptr<const Run>& run,
                                     std::string_view unit) {
  const bool exact = benchfmt::IsExact(unit);
  Kind& kind = exact ? exact_ : noisy_;
  const auto [known, is_new] = kind.known.try_emplace(run.get());
  if (!is_new) return known->second;
  const auto same = std::ranges::find_if(kind.first, [&](const auto& first) {
    return exact ? SameCounts(*first, *run) : SameNoise(*first, *run);
  });
  known->second = {int(same - kind.first.begin()), run->Fact("commit.branch"),
                   run->Fact("host.name")};
  if (same == kind.first.end()) kind.first.push_back(run);
  return known->second;
}

}  // namespace opstat::compare
