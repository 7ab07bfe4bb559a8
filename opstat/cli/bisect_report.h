#pragma once

#include <string>

#include "opstat/cli/commit_builds.h"
#include "opstat/compare/search.h"

namespace opstat::cli {

/// What a bisection was asked, and what came of it.
struct BisectReport {
  const std::vector<checkout::Commit>& line;  ///< from good to bad
  std::string good, bad;                      ///< as typed
  std::string benchmark, unit;
  std::vector<std::string> exact_units;  ///< see BisectBench
  std::uint64_t seed = 0;
  compare::SearchResult result;
};

/// "+5.1% [+4.2%, +6.0%] (p=0.000 n=10)"; the p is two-sided.
std::string DifferenceText(const compare::Difference& difference);
/// A line about one commit that was tried.
std::string StepText(const compare::SearchStep& step,
                     const checkout::Commit& commit, const std::string& unit);
/// The lines of the outcome.
std::string BisectText(const BisectReport& report);
/// The document `opstat.bisect/1` (docs/BISECT.md).
std::string BisectJson(const BisectReport& report, int exit_code);

}  // namespace opstat::cli
