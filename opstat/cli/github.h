#pragma once

#include <string>
#include <string_view>

#include "opstat/cli/gate_report.h"

namespace opstat::cli {

/// Whether this process is a step of a GitHub workflow (GITHUB_ACTIONS=true).
bool RunsInGithub();

/// A line a finding that a workflow's log shows beside the code: ::error for
/// what fails, ::warning for what cannot be told. GitHub shows ten of each in a
/// step, so that is where they end, with a count of the others.
std::string Annotations(const GateReport& report);

/// Text of a workflow command: %, CR and LF cannot end or begin one.
std::string WorkflowData(std::string_view text);
/// The same of a property's value, which `:` and `,` end as well.
std::string WorkflowProperty(std::string_view text);

/// Appends to the file that GITHUB_STEP_SUMMARY names; nothing where it is not
/// set. Throws Error(kBadData) when it cannot be written.
void AppendStepSummary(std::string_view markdown);

}  // namespace opstat::cli
