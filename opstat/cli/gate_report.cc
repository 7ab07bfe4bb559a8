#include "opstat/cli/gate_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/scale.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"
#include "opstat/compare/gate.h"

namespace opstat::cli {
namespace {

using compare::GateResult;
using compare::Row;

// Of each kind; the table above and --json have all.
constexpr std::size_t kMostLines = 20;

std::string CenterText(const Row& row,
                       const std::optional<compare::Center>& center) {
  if (!center)
    return row.sides == compare::Sides::kBoth ? "unmeasured" : "none";
  return Scale({&center->center, 1}, row.unit).Format(center->center);
}

const char* Label(GateResult result) {
  switch (result) {
    case GateResult::kFail:
      return "FAIL";
    case GateResult::kCannotTell:
      return "cannot tell";
    case GateResult::kAllowed:
      return "allowed";
    case GateResult::kAccepted:
      return "accepted";
    default:
      return "reported";
  }
}

// A reported row is worth a line when it would have failed.
std::vector<const Row*> WorthALine(const GateReport& report,
                                   GateResult result) {
  std::vector<const Row*> rows = report.Rows(result);
  if (result == GateResult::kReport)
    std::erase_if(rows, [](const Row* row) {
      return row->verdict != compare::Verdict::kRegression &&
             row->verdict != compare::Verdict::kMissing;
    });
  return rows;
}

std::string Lines(const GateReport& report, GateResult result) {
  const std::vector<const Row*> rows = WorthALine(report, result);
  TextTable table;
  for (std::size_t i = 0; i < std::min(rows.size(), kMostLines); ++i) {
    const Row& row = *rows[i];
    table.NextRow();
    table.Put(0, {.text = fmt::format("{:<11}", Label(result)), .margin = ""});
    table.Put(1, {.text = OneLine(row.benchmark()), .margin = "  "});
    table.Put(2, {.text = OneLine(FindingText(row)), .margin = "  "});
    table.Put(3, {.text = OneLine(row.limits->origin), .margin = "  "});
  }
  std::string text = table.Format();
  if (rows.size() > kMostLines)
    text += fmt::format("{:<11}  {} more rows\n", Label(result),
                        rows.size() - kMostLines);
  return text;
}

std::string BlameLines(const GateReport& report) {
  std::string text;
  for (const Blamed& blamed : report.blamed) {
    if (!blamed.site.empty())
      text += OneLine(fmt::format("{} allocates more at {}", blamed.benchmark,
                                  blamed.site)) +
              '\n';
    if (!blamed.command.empty()) text += "  " + OneLine(blamed.command) + '\n';
  }
  return text;
}

// Both numbers by one scale; the policy's own text is in base units.
std::string ReasonText(const Row& row) {
  const bool told = row.gate.result == GateResult::kAccepted;
  if (told || !compare::IsOverBudget(row)) return row.gate.reason;
  const double values[] = {row.contender->center, *row.limits->budget};
  const Scale scale(values, row.unit);
  return fmt::format("{} is beyond the budget of {}", scale.Format(values[0]),
                     scale.Format(values[1]));
}

std::string Rows(std::size_t n) {
  return fmt::format("{} gated row{}", n, n == 1 ? "" : "s");
}

}  // namespace

// Frees follow allocations: what is said of those is said of both.
std::vector<const Row*> GateReport::Rows(GateResult result) const {
  std::set<std::string_view> allocate;
  for (const Row& row : comparison.rows)
    if (row.gate.result == result && row.unit == benchfmt::kAllocs)
      allocate.insert(row.benchmark());
  std::vector<const Row*> rows;
  for (const Row& row : comparison.rows)
    if (row.gate.result == result &&
        !(row.unit == benchfmt::kFrees && allocate.contains(row.benchmark())))
      rows.push_back(&row);
  return rows;
}

const Blamed* GateReport::BlameOf(const std::string& benchmark) const {
  const auto found = std::ranges::find(blamed, benchmark, &Blamed::benchmark);
  return found == blamed.end() ? nullptr : &*found;
}

std::string GateReport::Headline() const {
  const auto count = [&](GateResult result) { return Rows(result).size(); };
  const std::size_t fails = count(GateResult::kFail);
  const std::size_t unknown = count(GateResult::kCannotTell);
  const std::size_t gated = fails + unknown + count(GateResult::kPass) +
                            count(GateResult::kAllowed) +
                            count(GateResult::kAccepted);
  const std::string rows = cli::Rows(gated);
  const std::string untold =
      unknown == 0 ? "" : fmt::format("; {} cannot tell", unknown);
  if (!failures.empty())
    return fmt::format("could not measure {} benchmark{}", failures.size(),
                       failures.size() == 1 ? "" : "s");
  if (comparison.no_baseline)
    return exit_code == 1
               ? fmt::format("failed: {} of {} beyond budget, no baseline",
                             fails, rows)
               : "no baseline: nothing to compare with";
  switch (exit_code) {
    case 0:
      return fmt::format("passed: none of {} got worse{}", rows, untold);
    case 1:
      return fmt::format("failed: {} of {}{}", fails, rows, untold);
    case 3:
      return fmt::format("cannot tell: {} of {}", unknown, rows);
    default:
      return "nothing was gated: no row was judged";
  }
}

std::string FindingText(const Row& row) {
  std::string text = fmt::format("{} -> {} {}", CenterText(row, row.baseline),
                                 CenterText(row, row.contender), row.unit);
  if (!row.gate.reason.empty()) text += ": " + ReasonText(row);
  return text;
}

std::string GateText(const GateReport& report) {
  std::string text;
  for (const GateResult result :
       {GateResult::kFail, GateResult::kCannotTell, GateResult::kAllowed,
        GateResult::kAccepted, GateResult::kReport})
    text += Lines(report, result);
  return text + BlameLines(report) + "gate " + report.Headline() + "\n";
}

}  // namespace opstat::cli
