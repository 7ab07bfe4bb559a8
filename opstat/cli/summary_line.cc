#include "opstat/cli/summary_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "opstat/cli/cells.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Role;
using compare::Row;
using compare::Verdict;

std::string Plural(Verdict verdict, int n) {
  std::string name = compare::Name(verdict);
  std::replace(name.begin(), name.end(), '-', ' ');
  const bool noun =
      verdict == Verdict::kRegression || verdict == Verdict::kImprovement;
  return noun && n != 1 ? name + "s" : name;
}

std::string VerdictCounts(const Comparison& comparison, bool all_units) {
  std::map<Verdict, int> count;
  for (const Row* row : ShownRows(comparison, all_units)) ++count[row->verdict];
  std::vector<std::string> parts;
  for (const auto& [verdict, n] : count)
    if (verdict != Verdict::kNone)
      parts.push_back(fmt::format("{} {}", n, Plural(verdict, n)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

// The largest slowdown that the judged times leave possible.
std::string LargestBound(const Comparison& comparison) {
  double bound = 0;
  for (const Row& row : comparison.rows) {
    if (row.role != Role::kDecides || !row.alpha_row) continue;
    if (!row.bound) return "the samples are too few to bound a slowdown";
    bound = std::max(bound, *row.bound);
  }
  if (bound <= 0) return "no slowdown fits any timed row";
  return fmt::format(
      "no slowdown larger than {:+.1f}% fits any timed row (one-sided 95% "
      "each)",
      100 * bound);
}

const char* AlphaText(const compare::Policy& policy) {
  return policy.correction == compare::Correction::kBenjaminiHochberg
             ? "share of alarms that are false"
             : "chance of any false alarm";
}

}  // namespace

std::string SummaryLine(const Comparison& comparison, bool all_units) {
  std::string text = VerdictCounts(comparison, all_units);
  if (comparison.m > 0)
    text += fmt::format("; {}; {} {:g}% over {} timed row{}",
                        LargestBound(comparison), AlphaText(comparison.policy),
                        100 * comparison.policy.alpha, comparison.m,
                        comparison.m == 1 ? "" : "s");
  return text + "\n";
}

const char* OutcomeText(int outcome) {
  switch (outcome) {
    case 1:
      return "opstat: something got worse, or is missing\n";
    case 3:
      return "opstat: cannot tell: a timed row is too noisy, too few, or not "
             "comparable\n";
    case 4:
      return "opstat: no row could be judged\n";
    default:
      return "";
  }
}

}  // namespace opstat::cli
