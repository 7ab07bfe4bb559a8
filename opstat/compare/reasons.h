#pragma once

#include <string>

#include "opstat/compare/decision.h"

namespace opstat::compare {

/// Why DecideNoisy decided as it did, each as a person reads it beside the
/// verdict. REQUIRES: what that verdict rests on. All pure.
std::string TooNoisy(const NoisyNumbers& row);
std::string Proven(const NoisyNumbers& row);
std::string NTooSmall(const NoisyNumbers& row);  ///< and how many it takes
std::string TooManyTies(const NoisyNumbers& row, double needed_p);
std::string Screened(const NoisyNumbers& row);
std::string Inside(const NoisyNumbers& row);
std::string Suggestive(const NoisyNumbers& row);  ///< and what would decide
std::string TooWide(const NoisyNumbers& row);
std::string NoChangeSeen(const NoisyNumbers& row);

}  // namespace opstat::compare
