#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/compare/filter.h"

namespace opstat::compare {

/// A change that somebody meant: one [[accept]] table of opstat.toml.
struct Acceptance {
  Filter benchmarks;   ///< by full name
  std::string unit;    ///< tidied; "": any
  std::string commit;  ///< the beginning of a hash; "": any
  std::string reason;
  std::string until;   ///< the last day it holds, "2026-12-31"
  std::string origin;  ///< "opstat.toml:12"
};

/// What changed, and in which commits that may have happened: full hashes.
struct ChangeSeen {
  std::string_view benchmark, unit;
  std::span<const std::string> commits;
};

/// The first acceptance that holds on the day `today` ("2026-11-26") for this
/// change, or nullptr. One that names a commit matches no change of unknown
/// commits. Pure.
const Acceptance* FindAcceptance(std::span<const Acceptance> acceptances,
                                 const ChangeSeen& change,
                                 std::string_view today);

/// A sentence for each acceptance that has expired, and for each that is not
/// among `used`: it accepts nothing. Pure.
std::vector<std::string> IdleAcceptances(
    std::span<const Acceptance> acceptances,
    std::span<const Acceptance* const> used, std::string_view today);

}  // namespace opstat::compare
