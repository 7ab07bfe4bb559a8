#include "opstat/cli/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "opstat/benchfmt/unit.h"

namespace opstat::cli {
namespace {

using compare::Role;
using compare::Row;
using compare::Verdict;

// The level benchstat prints its "~" at; verdicts use alpha/m instead.
constexpr double kPrintedAlpha = 0.05;

int Sign(double value) { return (value > 0) - (value < 0); }

std::string Percent(double ratio) {
  if (std::isinf(ratio)) return ratio > 0 ? "+∞" : "-∞";
  const std::string text = fmt::format("{:+.2f}%", 100 * (ratio - 1));
  return text == "-0.00%" ? "+0.00%" : text;
}

// Frees follow allocations and need no table of their own, unless they got
// worse where allocations did not.
bool FreesAloneGotWorse(const compare::Comparison& comparison) {
  std::set<std::string> worse;
  for (const Row& row : comparison.rows)
    if (row.unit == benchfmt::kAllocs && row.verdict == Verdict::kRegression)
      worse.insert(row.benchmark());
  return std::ranges::any_of(comparison.rows, [&](const Row& row) {
    return row.unit == benchfmt::kFrees &&
           row.verdict == Verdict::kRegression &&
           !worse.contains(row.benchmark());
  });
}

// One value a side, of a unit that nobody judges: a test and an interval of it
// say nothing, and that they do is no news. Of a time it is, as in benchstat.
bool IsShownOnce(const Row& row) {
  const auto once = [](const std::optional<compare::Center>& side) {
    return side && side->n == 1;
  };
  return row.role == Role::kShown && !benchfmt::IsTime(row.unit) &&
         (once(row.baseline) || once(row.contender));
}

bool IsConstant(std::span<const double> samples) {
  return std::ranges::adjacent_find(samples, std::not_equal_to<>()) ==
         samples.end();
}

}  // namespace

std::string CenterUncertainty(const compare::Center& center) {
  if (std::isinf(center.low) || std::isinf(center.high)) return "± ∞";
  if (Sign(center.low) != Sign(center.center) ||
      Sign(center.high) != Sign(center.center))
    return "± ?";
  if (center.center == 0) return "± 0%";
  return fmt::format("± {:.0f}%",
                     100 * std::max(center.high / center.center - 1,
                                    1 - center.low / center.center));
}

std::string Uncertainty(const Row& row, const compare::Center& center,
                        std::span<const double> samples) {
  return row.role == Role::kExact && IsConstant(samples)
             ? "exact"
             : CenterUncertainty(center);
}

std::string Delta(const Row& row) {
  if (!row.baseline || !row.contender) return "";
  if (row.p_value && *row.p_value > kPrintedAlpha && !IsShownOnce(row))
    return "~";
  if (row.ratio) return *row.ratio == 1 ? "0.00%" : Percent(*row.ratio);
  return row.difference ? fmt::format("{:+g}", *row.difference) : "?";
}

std::string ChangeInterval(const Row& row) {
  if (!row.hodges_lehmann || row.role == Role::kExact || IsShownOnce(row))
    return "";
  const double low = row.hodges_lehmann->low;
  const double high = row.hodges_lehmann->high;
  // A ratio of 0 is no bound at all: the interval covers every slowing.
  if (low <= 0 || std::isinf(high)) return "[-∞, +∞]";
  return fmt::format("[{}, {}]", Percent(low), Percent(high));
}

std::string TestAndSize(const Row& row) {
  if (!row.baseline || !row.contender) return "";
  const auto base = row.baseline->n;
  const auto head = row.contender->n;
  const std::string size = base == head ? fmt::format("n={}", base)
                                        : fmt::format("n={}+{}", base, head);
  if (row.p_value && !IsShownOnce(row))
    return fmt::format("(p={:.3f} {})", *row.p_value, size);
  const bool exact = row.role == Role::kExact &&
                     IsConstant(row.baseline_samples) &&
                     IsConstant(row.contender_samples);
  return fmt::format("({}{})", exact ? "exact " : "", size);
}

std::string VerdictText(const Row& row) {
  if (row.verdict == Verdict::kNoChangeSeen && row.bound)
    return fmt::format("no change seen, at most {:+.1f}%", 100 * *row.bound);
  return compare::Name(row.verdict);
}

std::string Delta(const compare::Geomean& geomean) {
  return geomean.delta_percent ? fmt::format("{:+.2f}%", *geomean.delta_percent)
                               : "?";
}

std::vector<std::string> Notes(const Row& row) {
  if (IsShownOnce(row)) return {};
  std::vector<std::string> notes = row.warnings;
  const bool explain = row.verdict == Verdict::kUndecided ||
                       row.verdict == Verdict::kNotComparable;
  const bool said = std::ranges::count(notes, row.rule) > 0;
  if (explain && !row.rule.empty() && !said) notes.push_back(row.rule);
  return notes;
}

std::string VerdictAndNotes(const Row& row) {
  std::vector<std::string> parts = Notes(row);
  if (std::string verdict = VerdictText(row); !verdict.empty())
    parts.insert(parts.begin(), std::move(verdict));
  return fmt::format("{}", fmt::join(parts, "; "));
}

bool IsChange(Verdict verdict) {
  return verdict == Verdict::kRegression || verdict == Verdict::kImprovement ||
         verdict == Verdict::kMissing || verdict == Verdict::kNew;
}

std::string_view VerdictStyle(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRegression:
    case Verdict::kMissing:
      return "\x1b[31m";
    case Verdict::kImprovement:
      return "\x1b[32m";
    case Verdict::kUndecided:
    case Verdict::kNotComparable:
      return "\x1b[33m";
    default:
      return "";
  }
}

std::vector<const Row*> ShownRows(const compare::Comparison& comparison,
                                  bool all_units) {
  const bool frees_alone = FreesAloneGotWorse(comparison);
  std::vector<const Row*> shown;
  for (const Row& row : comparison.rows) {
    bool show = row.role != Role::kShown ||
                (!benchfmt::IsTime(row.unit) && row.unit != benchfmt::kFaults);
    if (row.unit == benchfmt::kFrees) show = frees_alone;
    if (show || all_units) shown.push_back(&row);
  }
  return shown;
}

}  // namespace opstat::cli
