#pragma once

#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// Stores `comparison` under `id` beside its runs, baseline first; what is
/// there already stays. `query` is what makes the same comparison of the runs
/// again (see Recompute). Throws Error(kUsage) when nothing is compared.
void Record(const std::vector<benchfmt::Run>& runs,
            const compare::Comparison& comparison, const std::string& query,
            const std::string& id, const std::string& database);

}  // namespace opstat::cli
