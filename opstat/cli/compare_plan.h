#pragma once

#include <optional>
#include <string>

#include "opstat/cli/arguments.h"
#include "opstat/cli/comparing.h"

namespace opstat::cli {

/// How to measure is what the session began with; how much more, what is asked
/// for `now`. Throws Error(kUsage) for a value out of range.
ComparePlan PlanOf(const Arguments& begun, const Arguments& now);

/// --alpha and --must-see, and --budget in seconds where it is given. Throw
/// Error(kUsage) for a value out of range.
double AlphaOf(const Arguments& arguments);
double MustSeeOf(const Arguments& arguments);
std::optional<double> BudgetOf(const Arguments& arguments);

/// --alpha and --must-see of the session, --cannot-tell of now.
Judgement JudgementOf(const Arguments& begun, const Arguments& now);

/// Likewise, and tau of each benchmark from this host's A/A comparisons in
/// `history`.
Judgement JudgementOf(const Arguments& begun, const Arguments& now,
                      store::History& history);

/// The same of each benchmark, when the programs are not built yet; a line.
std::string DescribeBenchmark(const ComparePlan& plan,
                              const Arguments& arguments);

/// What will be run and how long that takes; a line.
std::string Describe(const ComparePlan& plan, const measure::Session& session);

}  // namespace opstat::cli
