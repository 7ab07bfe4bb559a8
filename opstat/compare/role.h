#pragma once

#include <span>
#include <string_view>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"

namespace opstat::compare {

/// The clock that decides a benchmark, one for all its sides (baseline and
/// contenders): CPU time ("cpu-sec/op"), unless the name means wall time, a
/// side has no CPU time, or the process blocked on some side; then "sec/op".
///
/// Blocked: (cpu + run delay) / wall < 0.95, the median over a side's samples,
/// when every side has run delays; without them the largest cpu / wall of all
/// sides' samples < 0.95, as a busy machine too makes the ratio small but
/// seldom in every sample.
std::string_view DecidingClock(
    std::span<const benchfmt::Benchmark* const> sides);

Role RoleOf(std::string_view unit, std::string_view deciding_clock);

}  // namespace opstat::compare
