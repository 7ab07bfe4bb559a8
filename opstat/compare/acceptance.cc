#include "opstat/compare/acceptance.h"

#include <fmt/format.h>

#include <algorithm>

namespace opstat::compare {
namespace {

// ISO 8601 dates compare as texts.
bool Expired(const Acceptance& acceptance, std::string_view today) {
  return acceptance.until < today;
}

bool Matches(const Acceptance& acceptance, const ChangeSeen& change) {
  if (!acceptance.unit.empty() && acceptance.unit != change.unit) return false;
  const auto named = [&](const std::string& commit) {
    return commit.starts_with(acceptance.commit);
  };
  if (!acceptance.commit.empty() && std::ranges::none_of(change.commits, named))
    return false;
  return acceptance.benchmarks.Matches(
      {}, {.name = std::string(change.benchmark), .measurements = {}},
      change.unit);
}

}  // namespace

const Acceptance* FindAcceptance(std::span<const Acceptance> acceptances,
                                 const ChangeSeen& change,
                                 std::string_view today) {
  const auto found =
      std::ranges::find_if(acceptances, [&](const Acceptance& acceptance) {
        return !Expired(acceptance, today) && Matches(acceptance, change);
      });
  return found == acceptances.end() ? nullptr : &*found;
}

std::vector<std::string> IdleAcceptances(
    std::span<const Acceptance> acceptances,
    std::span<const Acceptance* const> used, std::string_view today) {
  std::vector<std::string> sentences;
  for (const Acceptance& acceptance : acceptances)
    if (Expired(acceptance, today))
      sentences.push_back(fmt::format("{}: expired on {} ({})",
                                      acceptance.origin, acceptance.until,
                                      acceptance.reason));
    else if (std::ranges::count(used, &acceptance) == 0)
      sentences.push_back(fmt::format("{}: accepts nothing that changed ({})",
                                      acceptance.origin, acceptance.reason));
  return sentences;
}

}  // namespace opstat::compare
