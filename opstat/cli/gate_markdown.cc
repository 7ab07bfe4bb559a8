#include <fmt/format.h>

#include "opstat/cli/by_line.h"
#include "opstat/cli/capped.h"
#include "opstat/cli/gate_report.h"
#include "opstat/cli/markdown.h"
#include "opstat/cli/pull_request.h"

namespace opstat::cli {
namespace {

using compare::GateResult;
using compare::Row;

// Of Markdown, within an item of a list.
constexpr std::string_view kLineBreak = "  \n  ";

const char* Sign(int exit_code) {
  switch (exit_code) {
    case 0:
      return "✅";
    case 1:
      return "❌";
    default:
      return "⚠️";
  }
}

std::string FindingLine(const Row& row, const GateReport& report) {
  std::string line = fmt::format(
      "- **{}** {} {}", compare::Name(row.gate.result),
      MarkdownCode(row.benchmark()), MarkdownText(FindingText(row)));
  if (!row.limits->origin.empty())
    line += fmt::format(" ({})", MarkdownText(row.limits->origin));
  if (const Blamed* blamed = report.BlameOf(row.benchmark());
      blamed != nullptr && !blamed->site.empty())
    line += "; allocates at " + MarkdownCode(blamed->site);
  return line + "\n";
}

}  // namespace

std::string GateMarkdown(const GateReport& report) {
  constexpr std::size_t kMostFindings = 12'000;  // bytes
  std::vector<std::string> findings;
  for (const GateResult result :
       {GateResult::kFail, GateResult::kAllowed, GateResult::kAccepted})
    for (const Row* row : report.Rows(result))
      findings.push_back(FindingLine(*row, report));
  for (const std::string& failure : report.failures)
    findings.push_back("- **no sample** " +
                       ByLine(failure, MarkdownText, kLineBreak) + "\n");
  const Capped shown = TakeLines(findings, kMostFindings);
  std::string text =
      fmt::format("### {} opstat gate {}\n\n{}", Sign(report.exit_code),
                  MarkdownText(report.Headline()), shown.text);
  if (shown.left_out > 0)
    text += fmt::format("- and {} more\n", shown.left_out);
  if (!report.comparison.policy.source.empty())
    text += fmt::format("\nPolicy: {}.\n",
                        MarkdownText(report.comparison.policy.source));
  return text + "\n" +
         PullRequestText(report.comparison, report.id,
                         kMostOfAComment - text.size() - 1);
}

}  // namespace opstat::cli
