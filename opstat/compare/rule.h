#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/filter.h"

namespace opstat::compare {

enum class Better { kLower, kHigher };

/// What a gate does with a row that got worse.
enum class GateRole {
  kGate,    ///< fails
  kReport,  ///< judges it and says so
  kIgnore,  ///< does not judge it: it is no part of m either
};

/// How much worse a value may get: by a share of the baseline's, and by an
/// amount. 0 and 0: not at all.
struct Allowance {
  double relative = 0;  ///< 0.02 is 2%
  double absolute = 0;  ///< in the unit; of exact counts only
};

/// The unit word that means the clock which decides a benchmark.
inline constexpr std::string_view kDecidingClockWord = "time";

/// One [[rule]] of a gate's policy: what it says about the rows it matches.
struct Rule {
  std::string origin;      ///< where it stands: "opstat.toml:12"
  Filter benchmarks = {};  ///< of names, parts and facts
  /// Tidied, or kDecidingClockWord; empty: all that are judged anyway.
  std::vector<std::string> units = {};
  std::optional<GateRole> role = {};
  std::optional<Better> better = {};
  std::optional<Allowance> threshold = {};
  std::optional<double> must_see = {};
  std::optional<bool> missing_fails = {};
  std::optional<double> budget =
      {};  ///< most that the contender may have at all
};

/// What all rules together say of one row.
struct Limits {
  GateRole role = GateRole::kGate;
  bool judged = false;  ///< a rule names the unit: a shown one is judged too
  std::optional<Better> better = {};
  Allowance threshold;
  std::optional<double> must_see = {}, budget = {};
  std::optional<bool> missing_fails = {};
  std::string origin;  ///< of the last rule that matched; "" for none
  std::vector<std::size_t> rules = {};  ///< that matched, by place
};

/// The row that rules are asked about.
struct Target {
  const benchfmt::Run& run;
  const benchfmt::Benchmark& benchmark;
  std::string_view unit;
  bool decides;  ///< the unit is the clock that decides
};

/// Of each key the last matching rule that has it counts. Pure.
Limits LimitsOf(std::span<const Rule> rules, const Target& target);

/// What no rule says: it is said of most rows, so that they share it.
const std::shared_ptr<const Limits>& NoLimits();

const char* Name(GateRole role);

}  // namespace opstat::compare
