#include "opstat/cli/render_markdown.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <span>
#include <vector>

#include "opstat/cli/cells.h"
#include "opstat/cli/footnotes.h"
#include "opstat/cli/markdown.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/unit_table.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Row;

constexpr std::size_t kContenderColumns = 4;  // center, change, test, verdict

class TableMarkdown {
 public:
  TableMarkdown(const Comparison& comparison, const UnitTable& rows)
      : comparison_(comparison), rows_(rows) {}

  std::string Format() && {
    std::vector<std::string> titles = rows_.titles;
    titles.emplace_back(rows_.unit);
    text_ += fmt::format(
        "### {}\n\n", MarkdownText(fmt::format("{}", fmt::join(titles, ", "))));
    Heading();
    for (const auto& line : rows_.lines) Benchmark(line);
    if (rows_.lines.size() > 1) GeomeanRow();
    const std::vector<std::string>& notes = notes_.Notes();
    for (std::size_t i = 0; i < notes.size(); ++i)
      text_ += fmt::format("{}{} {}", i == 0 ? "\n" : "  \n",
                           Superscript(i + 1), MarkdownText(notes[i]));
    if (!notes.empty()) text_ += '\n';
    return std::move(text_);
  }

 private:
  void NextRow() {
    row_.assign(2 + comparison_.contenders.size() * kContenderColumns, "");
  }
  void EndRow() { text_ += fmt::format("| {} |\n", fmt::join(row_, " | ")); }
  static std::size_t Start(const int contender_index) {
    return 2 + std::size_t(contender_index) * kContenderColumns;
  }

  void Heading() {
    NextRow();
    row_[0] = "benchmark";
    row_[1] = MarkdownCode(comparison_.baseline.label);
    for (std::size_t c = 0; c < comparison_.contenders.size(); ++c) {
      const std::size_t at = Start(int(c));
      row_[at] = MarkdownCode(comparison_.contenders[c].label);
      row_[at + 1] = MarkdownText(rows_.ChangeHeading());
      row_[at + 2] = "test";
      row_[at + 3] = "verdict";
    }
    EndRow();
    for (std::size_t i = 0; i < row_.size(); ++i) {
      const bool is_text = i == 0 || (i >= 2 && (i - 2) % 4 >= 2);
      row_[i] = is_text ? "---" : "--:";
    }
    EndRow();
  }

  void Benchmark(const std::vector<const Row*>& line) {
    const Scale scale = ScaleOf(line);
    const Row& first = *line.front();
    NextRow();
    row_[0] = MarkdownCode(first.benchmark());
    if (first.sides != compare::Sides::kHeadOnly)
      row_[1] = Side(first, first.baseline, first.baseline_samples, scale);
    if (comparison_.contenders.empty())
      MarkAlone(notes_.Mark(Notes(first)));
    else
      for (const Row* row : line) Change(*row, scale);
    EndRow();
  }

  // One column has no verdict that a mark could stand beside.
  void MarkAlone(const std::string& marks) {
    row_[1] += (marks.empty() || row_[1].empty() ? "" : " ") + marks;
  }

  static std::string Side(const Row& row,
                          const std::optional<compare::Center>& center,
                          std::span<const double> samples, const Scale& scale) {
    if (!center) return "unmeasured";
    return scale.Format(center->center) + " " +
           Uncertainty(row, *center, samples);
  }

  void Change(const Row& row, const Scale& scale) {
    const std::size_t at = Start(row.contender_index);
    if (row.sides != compare::Sides::kBaseOnly)
      row_[at] = Side(row, row.contender, row.contender_samples, scale);
    const std::string interval = ChangeInterval(row);
    row_[at + 1] =
        MarkdownText(Delta(row) + (interval.empty() ? "" : " ") + interval);
    row_[at + 2] = TestAndSize(row);
    const std::string marks = notes_.Mark(Notes(row));
    row_[at + 3] = VerdictText(row) + (marks.empty() ? "" : " ") + marks;
  }

  void GeomeanRow() {
    NextRow();
    row_[0] = "geomean";
    row_[1] = Mean(rows_.geomeans[0]->baseline);
    if (comparison_.contenders.empty())
      MarkAlone(notes_.Mark(rows_.geomeans[0]->warnings));
    for (const compare::Geomean* geomean : rows_.geomeans) {
      if (comparison_.contenders.empty()) break;
      const std::size_t at = Start(geomean->contender_index);
      row_[at] = Mean(geomean->contender);
      row_[at + 1] = Delta(*geomean);
      row_[at + 3] = notes_.Mark(geomean->warnings);
    }
    EndRow();
  }

  std::string Mean(const std::optional<double>& value) const {
    return value ? Scale({&*value, 1}, rows_.unit).Format(*value) : "";
  }

  const Comparison& comparison_;
  const UnitTable& rows_;
  Footnotes notes_;
  std::vector<std::string> row_;
  std::string text_;
};

}  // namespace

std::string RenderMarkdown(const Comparison& comparison, bool all_units) {
  std::string text;
  for (const UnitTable& rows : UnitTables(comparison, all_units)) {
    if (!text.empty()) text += '\n';
    text += TableMarkdown(comparison, rows).Format();
  }
  if (!comparison.contenders.empty())
    text += "\n" + SummaryLine(comparison, all_units);
  if (!comparison.warnings.empty()) text += '\n';
  for (const std::string& warning : comparison.warnings)
    text += fmt::format("- warning: {}\n", MarkdownText(warning));
  return text;
}

}  // namespace opstat::cli
