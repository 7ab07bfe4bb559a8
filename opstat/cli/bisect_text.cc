#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/bisect_report.h"
#include "opstat/cli/plural.h"
#include "opstat/cli/terminal.h"

namespace opstat::cli {
namespace {

using checkout::Commit;
using compare::SearchResult;
using Outcome = SearchResult::Outcome;

std::string Percent(double ratio) {
  return std::isfinite(ratio) ? fmt::format("{:+.2f}%", 100 * (ratio - 1))
                              : "+∞";
}

std::string Range(const compare::ExactSide& side) {
  return side.min == side.max
             ? fmt::format("{:.10g}", side.min)
             : fmt::format("{:.10g}..{:.10g}", side.min, side.max);
}

std::string Change(const compare::ExactSide& from,
                   const compare::ExactSide& to) {
  return fmt::format("{} -> {} (exact)", Range(from), Range(to));
}

std::string Evidence(const compare::SearchStep& step, const std::string& unit) {
  if (!step.why.empty()) return step.why;
  if (step.count) return fmt::format("{} {} (exact)", Range(*step.count), unit);
  return fmt::format("{} {} from good, {} from bad (n={})", unit,
                     Percent(step.from_good->ratio.ratio),
                     Percent(step.from_bad->ratio.ratio), step.from_good->n);
}

const Commit& At(const BisectReport& report, std::size_t commit) {
  return report.line[commit];
}

std::string Tried(const BisectReport& report) {
  const auto skipped =
      std::ranges::count(report.result.steps, compare::Place::kSkipped,
                         &compare::SearchStep::place);
  std::string text = fmt::format("{}, {} of them tried",
                                 CountOf(report.line.size() - 1, "commit"),
                                 report.result.steps.size());
  return skipped == 0 ? text : text + fmt::format(", {} skipped", skipped);
}

// "slower", "more allocs/op", ...: what the change is called.
std::string Direction(const std::string& unit, bool rises) {
  if (benchfmt::IsTime(unit)) return rises ? "slower" : "faster";
  const char* down = unit.ends_with("s/op") ? "fewer" : "less";
  return fmt::format("{} {}", rises ? "more" : down, unit);
}

std::string EffectText(const BisectReport& report) {
  const SearchResult& result = report.result;
  if (result.confirmation)
    return fmt::format(
        "{} {} than its parent {}: {}", report.unit,
        Direction(report.unit, result.confirmation->ratio.ratio > 1),
        ShortHash(At(report, result.good)),
        DifferenceText(*result.confirmation));
  return fmt::format("{} {}, n=2 each, its parent is {}", report.unit,
                     Change(*result.parent, *result.culprit),
                     ShortHash(At(report, result.good)));
}

std::string EndsText(const BisectReport& report) {
  const SearchResult& result = report.result;
  if (result.ends)
    return fmt::format("{} against {}: {} {}", report.bad, report.good,
                       report.unit, DifferenceText(*result.ends));
  return fmt::format("{} against {}: {} {}", report.bad, report.good,
                     report.unit, Change(*result.good_end, *result.bad_end));
}

// What a merge brought in is a line of its own.
std::string MergeHint(const BisectReport& report, const Commit& culprit) {
  if (culprit.parents.size() < 2) return "";
  return fmt::format(
      "it is a merge; what it brought in, from where the branches part:\n"
      "  opstat bisect '{}' $(git merge-base {} {}) {}\n",
      OneLine(report.benchmark), culprit.parents[0], culprit.parents[1],
      culprit.parents[1]);
}

std::string FoundText(const BisectReport& report) {
  const Commit& culprit = At(report, report.result.bad);
  return OneLine(fmt::format("culprit  {}", culprit.hash)) + '\n' +
         OneLine(fmt::format("author   {}, {}", culprit.author, culprit.date)) +
         '\n' + OneLine(fmt::format("subject  {}", culprit.subject)) + '\n' +
         OneLine("effect   " + EffectText(report)) + '\n' +
         OneLine("ends     " + EndsText(report)) + '\n' +
         fmt::format("search   {}\n", Tried(report)) +
         MergeHint(report, culprit);
}

std::string UndecidedText(const BisectReport& report) {
  const SearchResult& result = report.result;
  std::string text = fmt::format(
      "undecided between {}..{}: {} of {} commits; {}\n",
      ShortHash(At(report, result.good)), ShortHash(At(report, result.bad)),
      result.bad - result.good, report.line.size() - 1, OneLine(result.why));
  text += OneLine("ends     " + EndsText(report)) + '\n';
  text += fmt::format("search   {}\n", Tried(report));
  for (const compare::SearchStep& step : result.steps)
    if (step.commit > result.good && step.commit < result.bad)
      text += StepText(step, At(report, step.commit), report.unit);
  return text;
}

}  // namespace

std::string DifferenceText(const compare::Difference& difference) {
  const stats::RatioInterval& ratio = difference.ratio;
  const bool open = ratio.low <= 0 || !std::isfinite(ratio.high);
  return fmt::format(
      "{} [{}] (p={:.3f} n={})", Percent(ratio.ratio),
      open ? "-∞, +∞"
           : fmt::format("{}, {}", Percent(ratio.low), Percent(ratio.high)),
      std::min(1.0, 2 * std::min(difference.p.greater, difference.p.less)),
      difference.n);
}

std::string StepText(const compare::SearchStep& step, const Commit& commit,
                     const std::string& unit) {
  return OneLine(fmt::format("{:<9}  {}  {}: {}", Name(step.place),
                             ShortHash(commit), commit.subject,
                             Evidence(step, unit))) +
         '\n';
}

std::string BisectText(const BisectReport& report) {
  switch (report.result.outcome) {
    case Outcome::kFound:
      return FoundText(report);
    case Outcome::kUndecided:
      return UndecidedText(report);
    case Outcome::kNoDifference:
      break;
  }
  return "no difference between the ends, so there is no commit to find\n" +
         OneLine("ends     " + EndsText(report)) + '\n';
}

}  // namespace opstat::cli
