#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/error_rates/rates.h"

namespace opstat::error_rates {

struct Settings {
  int suites = 4000;  ///< of identical programs; a twentieth elsewhere
  std::uint64_t seed = 20261123;
  int threads = 1;
  std::vector<int> rounds = {6, 8, 10, 20};  ///< of the screen
};

/// One noise model at one n.
struct Cell {
  NoiseModel noise;
  int rounds = 0;
  Rates same = {};      ///< identical programs
  Rates slower2 = {};   ///< the contender 2% slower
  Rates slower5 = {};   ///< 5%
  Rates by_place = {};  ///< identical, outer places 3% slower
};

/// Measures each model at each n; `tell` hears of a cell before it starts.
std::vector<Cell> MeasureCells(const Settings& settings,
                               const std::function<void(const Cell&)>& tell);

/// "0.35% (0.14-0.72)": the rate and its 95% interval.
std::string Percent(const Count& count);

/// Two tables, each rate with its 95% interval (Clopper and Pearson).
std::string Markdown(const Settings& settings, const std::vector<Cell>& cells);

/// A sentence for each rate that misses its goal: more than 1.5% of suites of
/// identical programs (the 1% of the rule, and half for chance) with a false
/// regression, or improvement; at n = 10 less than 90% of slowdowns of 5% seen,
/// where the noise has a coefficient of variation of at most 3%.
std::vector<std::string> MissedGoals(const std::vector<Cell>& cells);

}  // namespace opstat::error_rates
