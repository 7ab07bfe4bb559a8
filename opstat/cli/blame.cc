#include "opstat/cli/blame.h"

#include <fmt/format.h>

#include <algorithm>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/terminal.h"
#include "opstat/measure/counting.h"

namespace opstat::cli {

measure::Program CountedProgram(const measure::Program& program) {
  using How = measure::Counting::How;
  measure::Counting counting = measure::FindOutCounting(program);
  if (counting.how == How::kInLoop) return std::move(counting.program);
  throw Error(Failure::kCannotMeasure,
              fmt::format("{} {}", program.argv[0],
                          counting.how == How::kNot
                              ? counting.why_not
                              : "hides where its timed loops begin and end"),
              "link it with opstat::harness");
}

compare::CallSiteGrowth BlameRegression(
    const measure::Program& baseline, const measure::Program& contender,
    const std::string& benchmark, const measure::CallSiteOptions& options) {
  return compare::FindGrowth(
      measure::MeasureCallSites(baseline, benchmark, options),
      measure::MeasureCallSites(contender, benchmark, options));
}

std::string BlameHint(const compare::Comparison& comparison) {
  const auto row =
      std::ranges::find_if(comparison.rows, [](const compare::Row& r) {
        return r.verdict == compare::Verdict::kRegression &&
               (r.unit == benchfmt::kAllocs || r.unit == benchfmt::kBytes);
      });
  if (row == comparison.rows.end()) return "";
  return fmt::format(
      "hint: opstat blame --base-cmd CMD --head-cmd CMD --filter '^{}$' shows "
      "which call sites allocate more\n",
      EscapeForTerminal(measure::EscapeRegex(row->benchmark())));
}

}  // namespace opstat::cli
