#include "opstat/cli/pull_request.h"

#include <fmt/format.h>

#include <vector>

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
  for (const std::string& note : Notes(row)) text += "; " + MarkdownText(note);
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
  for (const std::string& warning : comparison.warnings)
    text += "- warning: " + MarkdownText(warning) + "\n";
  if (!id.empty()) text += fmt::format("- `opstat show {}`\n", id);
  return text;
}

}  // namespace

std::string PullRequestText(const Comparison& comparison,
                            const std::string& id) {
  std::string changed, rest;
  int others = 0;
  for (const Row* row : ShownRows(comparison, false)) {
    (IsChange(row->verdict) ? changed : rest) += TableRow(*row);
    others += !IsChange(row->verdict);
  }
  std::string text = "**opstat:** " + SummaryLine(comparison, false) + "\n";
  if (!changed.empty()) text += kTableHead + changed;
  if (others > 0)
    text +=
        Folded(fmt::format("{} other row{}", others, others == 1 ? "" : "s"),
               kTableHead + rest);
  return text + Folded("How it was measured", HowMeasured(comparison, id));
}

}  // namespace opstat::cli
