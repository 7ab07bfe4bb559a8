#include "opstat/cli/render_csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <vector>

#include "opstat/benchfmt/csv.h"
#include "opstat/cli/cells.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/unit_table.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Row;

constexpr std::size_t kBaselineColumns = 2;   // center, CI
constexpr std::size_t kContenderColumns = 8;  // those, vs base, P, low, high,
                                              // verdict, notes

std::size_t Start(std::size_t column) {
  return column == 0 ? 1
                     : 1 + kBaselineColumns + (column - 1) * kContenderColumns;
}

std::string Field(std::string_view text) {
  return benchfmt::CsvField(OneLine(text));
}

std::string Number(const std::optional<double>& value) {
  return value ? benchfmt::CsvNumber(*value) : "";
}

// "∞" or "2%", without the sign.
std::string Range(const compare::Center& center) {
  constexpr std::string_view kSign = "± ";
  return CenterUncertainty(center).substr(kSign.size());
}

// "p=0.000 n=10", without the parentheses.
std::string Bare(const std::string& text) {
  return text.empty() ? text : text.substr(1, text.size() - 2);
}

class TableCsv {
 public:
  TableCsv(const Comparison& comparison, const UnitTable& rows)
      : comparison_(comparison), rows_(rows) {}

  std::string Format() && {
    for (const std::string& title : rows_.titles) text_ += Field(title) + '\n';
    for (const auto& level : Headings(comparison_)) TopHeading(level);
    UnitHeading();
    for (const auto& line : rows_.lines) Benchmark(line);
    GeomeanRow();
    return std::move(text_);
  }

 private:
  void NextRow() { row_.assign(Start(comparison_.contenders.size() + 1), ""); }
  void EndRow() { text_ += fmt::format("{}\n", fmt::join(row_, ",")); }

  void TopHeading(const std::vector<Heading>& level) {
    NextRow();
    for (const Heading& heading : level) {
      for (std::size_t c = 0; c < heading.columns; ++c)
        row_[Start(heading.first_column + c)] = Field(heading.text);
    }
    EndRow();
  }

  void UnitHeading() {
    NextRow();
    for (std::size_t c = 0; c <= comparison_.contenders.size(); ++c) {
      Put(Start(c), {Field(rows_.unit), "CI"});
      if (c > 0)
        Put(Start(c) + kBaselineColumns,
            {"vs base", "P", "low", "high", "verdict", "notes"});
    }
    EndRow();
  }

  void Put(std::size_t at, const std::vector<std::string>& fields) {
    for (const std::string& field : fields) row_[at++] = field;
  }

  void PutCenter(std::size_t at, const std::optional<compare::Center>& center) {
    if (center) Put(at, {Number(center->center), Range(*center)});
  }

  void Benchmark(const std::vector<const Row*>& line) {
    NextRow();
    row_[0] = Field(line[0]->benchmark());
    PutCenter(Start(0), line[0]->baseline);
    if (!comparison_.contenders.empty())
      for (const Row* row : line) Change(*row);
    EndRow();
  }

  void Change(const Row& row) {
    const std::size_t at = Start(std::size_t(row.contender_index) + 1);
    PutCenter(at, row.contender);
    std::optional<double> low, high;
    if (row.hodges_lehmann) {
      low = row.hodges_lehmann->low;
      high = row.hodges_lehmann->high;
    }
    Put(at + kBaselineColumns,
        {Delta(row), Bare(TestAndSize(row)), Number(low), Number(high),
         Field(VerdictText(row)),
         Field(fmt::format("{}", fmt::join(Notes(row), "; ")))});
  }

  void GeomeanRow() {
    NextRow();
    row_[0] = "geomean";
    row_[1] = Number(rows_.geomeans[0]->baseline);
    for (const compare::Geomean* geomean : rows_.geomeans) {
      if (comparison_.contenders.empty()) break;
      const std::size_t at = Start(std::size_t(geomean->contender_index) + 1);
      row_[at] = Number(geomean->contender);
      row_[at + kBaselineColumns] = Delta(*geomean);
      row_[at + kContenderColumns - 1] =
          Field(fmt::format("{}", fmt::join(geomean->warnings, "; ")));
    }
    EndRow();
  }

  const Comparison& comparison_;
  const UnitTable& rows_;
  std::vector<std::string> row_;
  std::string text_;
};

}  // namespace

std::string RenderCsv(const Comparison& comparison, bool all_units) {
  std::string text;
  for (const UnitTable& rows : UnitTables(comparison, all_units)) {
    if (!text.empty()) text += '\n';
    text += TableCsv(comparison, rows).Format();
  }
  return text;
}

}  // namespace opstat::cli
