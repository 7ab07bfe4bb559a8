#include "opstat/compare/role.h"

#include <algorithm>
#include <cmath>

#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/stats/summary.h"

namespace opstat::compare {
namespace {

using benchfmt::Benchmark;
using benchfmt::Measurement;
using SideSpan = std::span<const Benchmark* const>;

constexpr double kBusy = 0.95;

bool IsMeasured(const Benchmark& side, std::string_view unit) {
  const Measurement* measurement = side.Find(unit);
  return measurement && std::ranges::any_of(measurement->values, [](double v) {
           return !std::isnan(v);
         });
}

bool AllMeasured(SideSpan sides, std::string_view unit) {
  return std::ranges::all_of(
      sides, [&](const Benchmark* side) { return IsMeasured(*side, unit); });
}

// cpu / wall of each sample, with the run delay added to cpu where asked.
std::vector<double> BusyShares(const Benchmark& side, bool with_delay) {
  const std::vector<double>& wall = side.Find(benchfmt::kWallTime)->values;
  const std::vector<double>& cpu = side.Find(benchfmt::kCpuTime)->values;
  const Measurement* delay =
      with_delay ? side.Find(benchfmt::kRunDelay) : nullptr;
  std::vector<double> shares;
  for (std::size_t i = 0; i < std::min(wall.size(), cpu.size()); ++i) {
    const double share = (cpu[i] + (delay ? delay->values[i] : 0)) / wall[i];
    if (!std::isnan(share)) shares.push_back(share);
  }
  return shares;
}

bool Blocked(SideSpan sides) {
  const bool with_delay = AllMeasured(sides, benchfmt::kRunDelay);
  double largest = 0;
  for (const Benchmark* side : sides) {
    const std::vector<double> shares = BusyShares(*side, with_delay);
    if (shares.empty()) return true;
    if (with_delay && stats::Median(shares) < kBusy) return true;
    largest = std::max(largest, std::ranges::max(shares));
  }
  return largest < kBusy;
}

}  // namespace

std::string_view DecidingClock(SideSpan sides) {
  if (!AllMeasured(sides, benchfmt::kCpuTime)) return benchfmt::kWallTime;
  if (!AllMeasured(sides, benchfmt::kWallTime)) return benchfmt::kCpuTime;
  const bool means_wall = std::ranges::any_of(sides, [](const Benchmark* side) {
    return benchfmt::MeansWallTime(side->name);
  });
  return means_wall || Blocked(sides) ? benchfmt::kWallTime
                                      : benchfmt::kCpuTime;
}

Role RoleOf(std::string_view unit, std::string_view deciding_clock) {
  if (unit == deciding_clock) return Role::kDecides;
  if (benchfmt::IsExact(unit)) return Role::kExact;
  if (unit == benchfmt::kInstructions) return Role::kNearExact;
  return Role::kShown;
}

}  // namespace opstat::compare
