#pragma once

#include <optional>
#include <string>

#include "opstat/benchfmt/run.h"
#include "opstat/cli/machine_noise.h"
#include "opstat/compare/comparison.h"

namespace opstat::cli {

/// What an opstat.report/1 document is made of; an absent part is null in it.
struct ReportParts {
  const benchfmt::Run* run = nullptr;
  const compare::Comparison* comparison = nullptr;
  std::string history = {};  ///< an opstat.history/1 document, or ""
  std::optional<MachineNoise> noise = {};
  std::string commit_url = {};  ///< what a commit's hash follows, or ""
};

/// An opstat.report/1 document, which `reports/` draws. Each measurement has
/// its median and 95% order-statistic interval beside the samples, and each
/// benchmark the clock that decides.
/// REQUIRES: parts.run.
std::string ReportJson(const ReportParts& parts);

}  // namespace opstat::cli
