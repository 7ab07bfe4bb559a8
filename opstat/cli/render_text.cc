#include "opstat/cli/render_text.h"

#include <fmt/format.h>

#include <sstream>
#include <utility>
#include <vector>

#include "opstat/cli/cells.h"
#include "opstat/cli/footnotes.h"
#include "opstat/cli/scale.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"
#include "opstat/cli/unit_table.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Row;

constexpr std::string_view kRule = " │ ";
constexpr std::string_view kGap = "  ";
constexpr std::size_t kBaselineColumns = 2;   // center, uncertainty
constexpr std::size_t kContenderColumns = 6;  // those, delta, interval, test,
                                              // verdict

std::size_t ContenderStart(std::size_t contender) {
  return 1 + kBaselineColumns + contender * kContenderColumns;
}

// Where a column's cells begin: the baseline's is 0.
std::size_t Start(std::size_t column) {
  return column == 0 ? 1 : ContenderStart(column - 1);
}

class TableText {
 public:
  TableText(const Comparison& comparison, const UnitTable& rows, bool color)
      : comparison_(comparison), rows_(rows), color_(color) {}

  void WriteTo(std::ostream& out) {
    table_.Reserve((rows_.lines.size() + 3) *
                   ContenderStart(comparison_.contenders.size()));
    for (const auto& level : Headings(comparison_)) TopHeading(level);
    UnitHeading();
    for (const auto& line : rows_.lines) Benchmark(line);
    if (rows_.lines.size() > 1) GeomeanRow();
    table_.WriteTo(out);
    out << notes_.Text();
  }

 private:
  void TopHeading(const std::vector<Heading>& level) {
    table_.NextRow();
    for (const Heading& heading : level) {
      const std::size_t start = Start(heading.first_column);
      Head(start, Start(heading.first_column + heading.columns) - start,
           heading.text);
    }
    CloseHeading();
  }

  void UnitHeading() {
    table_.NextRow();
    Head(1, kBaselineColumns, std::string(rows_.unit));
    for (std::size_t i = 0; i < comparison_.contenders.size(); ++i) {
      const std::size_t column = ContenderStart(i);
      Head(column, kBaselineColumns, std::string(rows_.unit));
      table_.Put(column + kBaselineColumns,
                 {.text = rows_.ChangeHeading(),
                  .margin = kGap,
                  .span = kContenderColumns - kBaselineColumns});
    }
    CloseHeading();
  }

  void Head(std::size_t column, std::size_t span, const std::string& text) {
    table_.Put(column, {.text = OneLine(text),
                        .align = Align::kCenter,
                        .margin = kRule,
                        .span = span});
  }

  void CloseHeading() {
    table_.Put(ContenderStart(comparison_.contenders.size()),
               {.text = "", .margin = " │"});
  }

  void Benchmark(const std::vector<const Row*>& rows) {
    const Scale scale = ScaleOf(rows);
    table_.NextRow();
    table_.Put(0, {.text = OneLine(rows.front()->benchmark()), .margin = ""});
    const Row& first = *rows.front();
    const bool alone = comparison_.contenders.empty();
    if (first.sides != compare::Sides::kHeadOnly)
      SideCells(1, first, first.baseline, first.baseline_samples, scale,
                alone ? notes_.Mark(Notes(first)) : "");
    if (alone) return;
    for (const Row* row : rows) Change(*row, scale);
  }

  void SideCells(std::size_t column, const Row& row,
                 const std::optional<compare::Center>& center,
                 std::span<const double> samples, const Scale& scale,
                 const std::string& marks = {}) {
    table_.Put(column,
               {.text = center ? scale.Format(center->center) : "unmeasured",
                .align = Align::kRight,
                .margin = "   "});
    if (center)
      table_.Put(column + 1, {.text = Uncertainty(row, *center, samples) +
                                      (marks.empty() ? "" : " ") + marks});
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

  void GeomeanRow() {
    table_.NextRow();
    table_.Put(0, {.text = "geomean", .margin = ""});
    GeomeanCell(1, rows_.geomeans.front()->baseline);
    if (comparison_.contenders.empty())
      return table_.Put(
          2, {.text = notes_.Mark(rows_.geomeans.front()->warnings)});
    for (const compare::Geomean* geomean : rows_.geomeans) {
      const std::size_t column =
          ContenderStart(static_cast<std::size_t>(geomean->contender_index));
      GeomeanCell(column, geomean->contender);
      table_.Put(
          column + 2,
          {.text = Delta(*geomean), .align = Align::kRight, .margin = kGap});
      table_.Put(column + 5,
                 {.text = notes_.Mark(geomean->warnings), .margin = kGap});
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
  const UnitTable& rows_;
  const bool color_;
  TextTable table_;
  Footnotes notes_;
};

}  // namespace

void WriteText(const Comparison& comparison, const TextOptions& options,
               std::ostream& out) {
  bool first = true;
  for (const UnitTable& rows :
       UnitTables(comparison, options.all_units, options.only_changed)) {
    if (!std::exchange(first, false)) out << '\n';
    for (const std::string& title : rows.titles) out << OneLine(title) << '\n';
    TableText(comparison, rows, options.color).WriteTo(out);
  }
  if (!comparison.contenders.empty())
    out << '\n' << SummaryLine(comparison, options.all_units);
}

std::string RenderText(const Comparison& comparison,
                       const TextOptions& options) {
  std::ostringstream text;
  WriteText(comparison, options, text);
  return std::move(text).str();
}

}  // namespace opstat::cli
