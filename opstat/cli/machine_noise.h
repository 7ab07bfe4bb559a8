#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"
#include "opstat/store/history.h"

namespace opstat::cli {

/// How many of `of` were false alarms, with the limits of that rate.
struct AlarmRate {
  std::int64_t of = 0, alarms = 0;
  double low = 0, high = 1;
};

/// How much one benchmark varies where nothing changed.
struct BenchmarkNoise {
  std::string benchmark, unit;
  std::int64_t n = 0;  ///< samples in the run
  double cv = 0;       ///< robust, of them; NaN where n is 1
  /// The relative change that `n` samples a side find with MachineNoise::power;
  /// absent where n is too small for alpha.
  std::optional<double> detectable = {};
  compare::Tau tau = {};  ///< the least effect that counts
  std::vector<double> effects =
      {};  ///< of the A/A comparisons, the newest first
};

/// What a machine's comparisons of a program with itself say of its verdicts.
struct MachineNoise {
  std::string host;
  AlarmRate comparisons;  ///< with any false alarm
  AlarmRate rows;
  double confidence = 0.95;  ///< of the rates' limits (Clopper and Pearson)
  double alpha = 0.01;       ///< the rate of comparisons that the rule promises
  double power = 0.8;
  std::vector<BenchmarkNoise> benchmarks;
};

/// By benchmark, the clock that decides.
std::map<std::string, std::string> DecidingClocks(const benchfmt::Run& run);

/// The noise of the machine that measured `run`, and what a comparison of two
/// such runs could see. Reads `history`.
MachineNoise NoiseOf(store::History& history, const benchfmt::Run& run);

}  // namespace opstat::cli
