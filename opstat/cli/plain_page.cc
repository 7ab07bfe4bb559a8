#include "opstat/cli/plain_page.h"

#include <fmt/format.h>

#include <cmath>

#include "opstat/cli/cells.h"
#include "opstat/cli/curve.h"
#include "opstat/cli/scale.h"
#include "opstat/cli/summary_line.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/unit_table.h"
#include "opstat/cli/version.h"
#include "opstat/compare/layout.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Row;

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>opstat report</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 72rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; font-weight: 600; padding: 1rem 0 .25rem; }
th, td { padding: .25rem .75rem .25rem 0; text-align: right; white-space: nowrap; font-weight: 400; border-bottom: 1px solid; }
th[scope=row] { min-width: 15rem; text-align: left; white-space: normal; overflow-wrap: anywhere; }
</style>
</head>
<body>
)";

// Text for an element: what would steer a terminal would steer a reader, too.
std::string Html(std::string_view text) {
  std::string escaped;
  for (const char c : OneLine(text)) switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  return "<bdi>" + escaped + "</bdi>";
}

void Cell(std::string& page, std::string_view text) {
  page += "<td>" + Html(text) + "</td>";
}

void Headings(std::string& page, const std::vector<std::string>& headings) {
  page += "<thead><tr>";
  for (const std::string& heading : headings)
    page += "<th scope=\"col\">" + Html(heading) + "</th>";
  page += "</tr></thead>\n<tbody>\n";
}

std::string Side(const Row& row, const std::optional<compare::Center>& center,
                 std::span<const double> samples, const Scale& scale) {
  if (!center) return "unmeasured";
  return scale.Format(center->center) + " " +
         Uncertainty(row, *center, samples);
}

void Change(std::string& page, const Row& row, const Scale& scale) {
  Cell(page, Side(row, row.contender, row.contender_samples, scale));
  Cell(page, Delta(row) + " " + ChangeInterval(row));
  Cell(page, TestAndSize(row));
  Cell(page, VerdictAndNotes(row));
}

void Table(std::string& page, const Comparison& comparison,
           const UnitTable& rows) {
  std::string caption(rows.unit);
  for (const std::string& title : rows.titles) caption = title + ", " + caption;
  page += "<div class=\"scroll\" tabindex=\"0\">\n<table><caption>" +
          Html(caption) + "</caption>";
  std::vector<std::string> headings = {"benchmark", comparison.baseline.label};
  for (const auto& side : comparison.contenders)
    headings.insert(headings.end(),
                    {side.label, rows.ChangeHeading(), "test", "verdict"});
  Headings(page, headings);
  for (const auto& line : rows.lines) {
    const Scale scale = ScaleOf(line);
    const Row& first = *line.front();
    page += "<tr><th scope=\"row\">" + Html(first.benchmark()) + "</th>";
    Cell(page, Side(first, first.baseline, first.baseline_samples, scale));
    if (!comparison.contenders.empty())
      for (const Row* row : line) Change(page, *row, scale);
    page += "</tr>\n";
  }
  page += "</tbody></table></div>\n";
}

std::string Curve(const compare::Trend& trend) {
  return fmt::format(
      "<svg width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "aria-label=\"{} runs, {} change points\" fill=\"none\" "
      "stroke=\"currentColor\" stroke-width=\"2\"><path d=\"{}\"/><path "
      "stroke-dasharray=\"6 4\" d=\"{}\"/></svg>",
      kCurveWidth / 2, kCurveHeight / 2, kCurveWidth, kCurveHeight,
      trend.points.size(), trend.changes.size(), CurveOf(trend).path,
      ChangesPath(trend));
}

void Trends(std::string& page, const std::vector<compare::Trend>& trends) {
  page += "<div class=\"scroll\" tabindex=\"0\">\n<table><caption>" +
          Html("History") + "</caption>";
  Headings(page, {"benchmark", "unit", "history", "latest", "interval", "n"});
  for (const compare::Trend& trend : trends) {
    const compare::TrendPoint& last = trend.points.back();
    const Scale scale({&last.median, 1}, trend.unit);
    page += "<tr><th scope=\"row\">" + Html(trend.benchmark) + "</th>";
    Cell(page, trend.unit);
    page += "<td>" + Curve(trend) + "</td>";
    Cell(page, scale.Format(last.median));
    Cell(page, std::isfinite(last.low)
                   ? fmt::format("[{}, {}]", scale.Format(last.low),
                                 scale.Format(last.high))
                   : "unbounded");
    Cell(page, std::to_string(last.n));
    page += "</tr>\n";
  }
  page += "</tbody></table></div>\n";
}

}  // namespace

std::string PlainPage(const ReportSubject& subject,
                      const std::string& missing) {
  const Comparison comparison =
      subject.comparison
          ? *subject.comparison
          : compare::Compare(compare::ColumnsByRun({&subject.run, 1}), {});
  std::string page(kHead);
  page += "<main>\n<h1>" + Html(subject.run.label) + "</h1>\n";
  page += "<p>" + Html(VersionText() + ", " + subject.run.time) + "</p>\n";
  page += "<p>" + Html(missing) + "</p>\n";
  if (!comparison.contenders.empty())
    page += "<p>" + Html(SummaryLine(comparison, false)) + "</p>\n";
  for (const UnitTable& rows : UnitTables(comparison, false))
    Table(page, comparison, rows);
  if (!subject.trends.empty()) Trends(page, subject.trends);
  for (const std::string& warning : comparison.warnings)
    page += "<p>Warning: " + Html(warning) + "</p>\n";
  return page + "</main>\n</body>\n</html>\n";
}

}  // namespace opstat::cli
