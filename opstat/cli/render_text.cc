#include "opstat/cli/render_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "opstat/cli/cells.h"
#include "opstat/cli/footnotes.h"
#include "opstat/cli/scale.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Role;
using compare::Row;
using compare::Verdict;

constexpr std::string_view kRule = " │ ";
constexpr std::string_view kGap = "  ";
constexpr std::size_t kBaselineColumns = 2;   // center, uncertainty
constexpr std::size_t kContenderColumns = 6;  // those, delta, interval, test,
                                              // verdict

std::size_t ContenderStart(std::size_t contender) {
  return 1 + kBaselineColumns + contender * kContenderColumns;
}

// The rows of one unit: by benchmark, a row a contender.
struct UnitRows {
  std::string unit;
  std::vector<std::vector<const Row*>> benchmarks;
};

std::vector<UnitRows> GroupByUnit(const Comparison& comparison,
                                  const TextOptions& options) {
  std::vector<UnitRows> groups;
  std::map<std::pair<std::string, std::string>, std::size_t> seen;
  for (const Row* shown : ShownRows(comparison, options.all_units)) {
    const Row& row = *shown;
    if (options.only_changed && !IsChange(row.verdict)) continue;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) {
      return g.unit == row.unit;
    });
    if (group == groups.end())
      group = groups.insert(groups.end(), {row.unit, {}});
    const auto [at, is_new] =
        seen.try_emplace({row.unit, row.benchmark}, group->benchmarks.size());
    if (is_new) group->benchmarks.emplace_back();
    group->benchmarks[at->second].push_back(&row);
  }
  return groups;
}

class UnitTable {
 public:
  UnitTable(const Comparison& comparison, const UnitRows& rows, bool color)
      : comparison_(comparison), rows_(rows), color_(color) {}

  std::string Format() {
    Heading();
    for (const auto& benchmark : rows_.benchmarks) Benchmark(benchmark);
    if (rows_.benchmarks.size() > 1) GeomeanRow();
    return table_.Format() + notes_.Text();
  }

 private:
  void Heading() {
    const std::size_t contenders = comparison_.contenders.size();
    table_.NextRow();
    Head(1, kBaselineColumns, comparison_.baseline.label);
    for (std::size_t i = 0; i < contenders; ++i)
      Head(ContenderStart(i), kContenderColumns,
           comparison_.contenders[i].label);
    CloseHeading();
    table_.NextRow();
    Head(1, kBaselineColumns, rows_.unit);
    for (std::size_t i = 0; i < contenders; ++i) {
      const std::size_t column = ContenderStart(i);
      Head(column, kBaselineColumns, rows_.unit);
      table_.Put(column + kBaselineColumns,
                 {.text = HasInterval() ? "vs base [95% interval]" : "vs base",
                  .margin = kGap,
                  .span = kContenderColumns - kBaselineColumns});
    }
    CloseHeading();
  }

  void Head(std::size_t column, std::size_t span, const std::string& text) {
    table_.Put(column, {.text = EscapeForTerminal(text),
                        .align = Align::kCenter,
                        .margin = kRule,
                        .span = span});
  }

  void CloseHeading() {
    table_.Put(ContenderStart(comparison_.contenders.size()),
               {.text = "", .margin = " │"});
  }

  bool HasInterval() const {
    for (const auto& benchmark : rows_.benchmarks)
      for (const Row* row : benchmark)
        if (!ChangeInterval(*row).empty()) return true;
    return false;
  }

  void Benchmark(const std::vector<const Row*>& rows) {
    std::vector<double> centers;
    for (const Row* row : rows)
      for (const auto& side : {row->baseline, row->contender})
        if (side) centers.push_back(side->center);
    const Scale scale(centers, rows_.unit);
    table_.NextRow();
    table_.Put(
        0, {.text = EscapeForTerminal(rows.front()->benchmark), .margin = ""});
    const Row& first = *rows.front();
    if (first.sides != compare::Sides::kHeadOnly)
      SideCells(1, first, first.baseline, first.baseline_samples, scale);
    if (comparison_.contenders.empty()) return;
    for (const Row* row : rows) Change(*row, scale);
  }

  void SideCells(std::size_t column, const Row& row,
                 const std::optional<compare::Center>& center,
                 std::span<const double> samples, const Scale& scale) {
    table_.Put(column,
               {.text = center ? scale.Format(center->center) : "unmeasured",
                .align = Align::kRight,
                .margin = "   "});
    if (center)
      table_.Put(column + 1, {.text = Uncertainty(row, *center, samples)});
  }

  void Change(const Row& row, const Scale& scale) {
    const std::size_t column =
        ContenderStart(static_cast<std::size_t>(row.contender_index));
    if (row.sides != compare::Sides::kBaseOnly)
      SideCells(column, row, row.contender, row.contender_samples, scale);
    table_.Put(column + 2,
               {.text = Delta(row), .align = Align::kRight, .margin = kGap});
    table_.Put(column + 3,
               {.text = ChangeInterval(row), .align = Align::kRight});
    table_.Put(column + 4, {.text = TestAndSize(row)});
    const std::string marks = notes_.Mark(Notes(row));
    table_.Put(column + 5,
               {.text = VerdictText(row) + (marks.empty() ? "" : " ") + marks,
                .margin = kGap,
                .style = color_ ? VerdictStyle(row.verdict) : ""});
  }

  static std::vector<std::string> Notes(const Row& row) {
    std::vector<std::string> notes = row.warnings;
    const bool explain = row.verdict == Verdict::kUndecided ||
                         row.verdict == Verdict::kNotComparable;
    const bool said = std::ranges::count(notes, row.rule) > 0;
    if (explain && !row.rule.empty() && !said) notes.push_back(row.rule);
    return notes;
  }

  void GeomeanRow() {
    table_.NextRow();
    table_.Put(0, {.text = "geomean", .margin = ""});
    bool first = true;
    for (const compare::Geomean& geomean : comparison_.geomean) {
      if (geomean.unit != rows_.unit) continue;
      if (first) GeomeanCell(1, geomean.baseline);
      first = false;
      const std::size_t column =
          ContenderStart(static_cast<std::size_t>(geomean.contender_index));
      if (comparison_.contenders.empty()) return;
      GeomeanCell(column, geomean.contender);
      table_.Put(column + 2,
                 {.text = geomean.delta_percent
                              ? fmt::format("{:+.2f}%", *geomean.delta_percent)
                              : "?",
                  .align = Align::kRight,
                  .margin = kGap});
      table_.Put(column + 5,
                 {.text = notes_.Mark(geomean.warnings), .margin = kGap});
    }
  }

  void GeomeanCell(std::size_t column, const std::optional<double>& value) {
    if (!value) return;
    const Scale scale({&*value, 1}, rows_.unit);
    table_.Put(column, {.text = scale.Format(*value),
                        .align = Align::kRight,
                        .margin = "   "});
  }

  const Comparison& comparison_;
  const UnitRows& rows_;
  const bool color_;
  TextTable table_;
  Footnotes notes_;
};

}  // namespace

std::string RenderText(const Comparison& comparison,
                       const TextOptions& options) {
  std::string text;
  for (const UnitRows& rows : GroupByUnit(comparison, options)) {
    if (!text.empty()) text += '\n';
    text += UnitTable(comparison, rows, options.color).Format();
  }
  if (!comparison.contenders.empty())
    text += "\n" + SummaryLine(comparison, options.all_units);
  return text;
}

}  // namespace opstat::cli
