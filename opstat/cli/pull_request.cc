#include "opstat/cli/pull_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "opstat/cli/capped.h"
#include "opstat/cli/cells.h"
#include "opstat/cli/markdown.h"
#include "opstat/cli/scale.h"
#include "opstat/cli/summary_line.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Row;

constexpr const char* kTableHead =
    "| benchmark | unit | baseline | contender | change, 95% interval | "
    "verdict "
    "|\n|---|---|---|---|---|---|\n";

constexpr std::size_t kMostOfWarnings = 4'000;  // bytes
// What stands around the rows: folds, heads, the counts of what is left out.
constexpr std::size_t kAroundRows = 1'000;

std::string CenterCell(const Row& row,
                       const std::optional<compare::Center>& center,
                       std::span<const double> samples) {
  if (!center) return "";
  const double value = center->center;
  return fmt::format("{} {}", Scale({&value, 1}, row.unit).Format(value),
                     Uncertainty(row, *center, samples));
}

std::string VerdictCell(const Row& row) {
  std::string text = VerdictText(row);
  if (IsChange(row.verdict)) text = "**" + text + "**";
  for (const std::string& note : Notes(row))
    text += (text.empty() ? "" : "; ") + MarkdownText(note);
  return text;
}

std::string TableRow(const Row& row) {
  return fmt::format("| {} | {} | {} | {} | {} {} {} | {} |\n",
                     MarkdownCode(row.benchmark()), MarkdownText(row.unit),
                     CenterCell(row, row.baseline, row.baseline_samples),
                     CenterCell(row, row.contender, row.contender_samples),
                     Delta(row), ChangeInterval(row), TestAndSize(row),
                     VerdictCell(row));
}

std::string Folded(const std::string& summary, const std::string& body) {
  return fmt::format("\n<details><summary>{}</summary>\n\n{}\n</details>\n",
                     summary, body);
}

std::string SideLine(const char* role, const Comparison::Side& side) {
  std::string line = fmt::format("- {}: {}", role, MarkdownCode(side.label));
  if (!side.commit.empty()) line += ", commit " + MarkdownCode(side.commit);
  return line + "\n";
}

std::string MachineLine(const Comparison& comparison) {
  std::string line = "- machine:";
  for (const char* fact :
       {"host.name", "host.cpu", "host.cpus", "host.kernel", "host.governor",
        "host.turbo", "noise.load", "noise.preemptions"}) {
    const auto found = comparison.environment.find(fact);
    if (found != comparison.environment.end())
      line += fmt::format(" {} {};", fact, MarkdownCode(found->second));
  }
  return line + "\n";
}

std::string HowMeasured(const Comparison& comparison, const std::string& id) {
  std::string text = SideLine("baseline", comparison.baseline);
  for (const Comparison::Side& side : comparison.contenders)
    text += SideLine("contender", side);
  text += MachineLine(comparison);
  const compare::Policy& policy = comparison.policy;
  text += fmt::format(
      "- one process a sample, {}; seed {}; {}\n",
      comparison.interleaved ? "sides alternating A B B A or B A A B"
                             : "sides not interleaved",
      comparison.seed,
      policy.mode == compare::Mode::kScreenConfirm
          ? fmt::format("{} rounds, then {} of what needed them",
                        policy.screen_rounds, policy.confirm_rounds)
          : "judged at once");
  text += fmt::format(
      "- chance of any false alarm {:g}% over {} timed rows; self-check: {} of "
      "{} comparisons of a side with itself differ (limit {})\n",
      100 * policy.alpha, comparison.m, comparison.self_check.fired,
      comparison.self_check.tests, comparison.self_check.limit);
  std::vector<std::string> warnings;
  for (const std::string& warning : comparison.warnings)
    warnings.push_back("- warning: " + MarkdownText(warning) + "\n");
  const Capped shown = TakeLines(warnings, kMostOfWarnings);
  text += shown.text;
  if (shown.left_out > 0)
    text += fmt::format("- and {} more warnings\n", shown.left_out);
  if (!id.empty()) text += fmt::format("- `opstat show {}`\n", id);
  return text;
}

// The table of as many rows as fit; what does not is counted.
std::string Table(const std::vector<std::string>& rows, std::size_t limit) {
  if (rows.empty()) return "";
  const Capped shown = TakeLines(rows, limit);
  std::string text = shown.text.empty() ? "" : kTableHead + shown.text;
  if (shown.left_out > 0)
    text += fmt::format("\n{} more row{} not shown here: `opstat show`\n",
                        shown.left_out, shown.left_out == 1 ? " is" : "s are");
  return text;
}

}  // namespace

std::string PullRequestText(const Comparison& comparison, const std::string& id,
                            std::size_t limit) {
  std::vector<std::string> changed, rest;
  for (const Row* row : ShownRows(comparison, false))
    (IsChange(row->verdict) ? changed : rest).push_back(TableRow(*row));
  std::string text = "**opstat:** " + SummaryLine(comparison, false) + "\n";
  const std::string how =
      Folded("How it was measured", HowMeasured(comparison, id));
  limit -= text.size() + how.size() + kAroundRows;
  text += Table(changed, limit);
  if (!rest.empty())
    text += Folded(
        fmt::format("{} other row{}", rest.size(), rest.size() == 1 ? "" : "s"),
        Table(rest, limit - std::min(limit, text.size())));
  return text + how;
}

}  // namespace opstat::cli
