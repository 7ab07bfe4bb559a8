#pragma once

#include <string>
#include <vector>

#include "opstat/compare/call_site_growth.h"
#include "opstat/compare/comparison.h"
#include "opstat/measure/call_sites.h"
#include "opstat/measure/program.h"

namespace opstat::cli {

/// `program`, made to count its allocations. Throws Error(kCannotMeasure) with
/// the reason when they can't be counted.
measure::Program CountedProgram(const measure::Program& program);

/// Which call sites explain that `benchmark` allocates more in `contender` than
/// in `baseline`: runs both, one process each, which takes well under a second.
/// REQUIRES: both are CountedProgram()s. Throws what MeasureCallSites() throws.
compare::CallSiteGrowth BlameRegression(
    const measure::Program& baseline, const measure::Program& contender,
    const std::string& benchmark, const measure::CallSiteOptions& options = {});

/// For stderr, where something allocates more than it did: the command that
/// tells which call sites; else "".
std::string BlameHint(const compare::Comparison& comparison);

/// For a terminal; a heading a benchmark, a line a call site and its callers.
std::string BlameText(const benchfmt::CallSites& found);
std::string BlameText(const compare::CallSiteGrowth& growth);

/// opstat.blame/1 documents.
std::string BlameJson(const std::vector<benchfmt::CallSites>& found);
std::string BlameJson(const std::vector<compare::CallSiteGrowth>& growth);

}  // namespace opstat::cli
