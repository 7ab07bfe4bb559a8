#include "opstat/compare/bisection.h"

#include <algorithm>
#include <bit>

namespace opstat::compare {
namespace {

void KeepWithin(std::set<std::size_t>& commits, std::size_t low,
                std::size_t high) {
  std::erase_if(commits, [&](std::size_t commit) {
    return commit <= low || commit >= high;
  });
}

// `middle`, and for each commit that was set aside twice as far from it, now
// on this side, now on that one.
std::size_t Target(std::size_t low, std::size_t high, std::size_t aside) {
  const std::size_t middle = low + (high - low) / 2;
  constexpr std::size_t kMostDoublings = 62;
  const std::size_t away =
      (std::size_t{1} << std::min(aside, kMostDoublings)) - 1;
  return aside % 2 == 0 ? std::min(high - 1, middle + away)
                        : std::max(low + 1, middle - std::min(middle, away));
}

}  // namespace

const char* Name(Place place) {
  constexpr const char* kNames[] = {"good", "bad", "between", "undecided",
                                    "skipped"};
  return kNames[static_cast<int>(place)];
}

// The untried commit in (low, high) that is nearest to the target.
std::optional<std::size_t> Bisection::Choose(std::size_t low,
                                             std::size_t high) const {
  const auto aside = std::ranges::count_if(
      set_aside_, [&](std::size_t c) { return low < c && c < high; });
  const std::size_t target = Target(low, high, std::size_t(aside));
  const auto is_open = [&](std::size_t commit) {
    return low < commit && commit < high && !set_aside_.contains(commit);
  };
  for (std::size_t distance = 0; distance < high - low; ++distance) {
    // Below 0 it wraps around, to above `high`.
    if (is_open(target - distance)) return target - distance;
    if (is_open(target + distance)) return target + distance;
  }
  return std::nullopt;
}

std::optional<std::size_t> Bisection::Next() const {
  if (Found()) return std::nullopt;
  if (between_.empty()) return Choose(good_, bad_);
  const auto first = Choose(good_, *between_.begin());
  return first ? first : Choose(*between_.rbegin(), bad_);
}

void Bisection::Record(std::size_t commit, Place place) {
  if (place == Place::kGoodSide) good_ = commit;
  if (place == Place::kBadSide) bad_ = commit;
  if (place == Place::kBetween) between_.insert(commit);
  if (place == Place::kUndecided || place == Place::kSkipped)
    set_aside_.insert(commit);
  KeepWithin(between_, good_, bad_);
  KeepWithin(set_aside_, good_, bad_);
}

int Bisection::StepsLeft() const {
  return static_cast<int>(std::bit_width(bad_ - good_ - 1));
}

}  // namespace opstat::compare
