#include "opstat/cli/history_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "opstat/benchfmt/unit.h"
#include "opstat/cli/cells.h"
#include "opstat/cli/scale.h"
#include "opstat/cli/sparkline.h"
#include "opstat/cli/terminal.h"
#include "opstat/cli/text_table.h"

namespace opstat::cli {
namespace {

using compare::Trend;
using compare::TrendChange;
using compare::TrendPoint;

constexpr std::size_t kCurveWidth = 24;
// As many digits as tell commits apart in any history a person reads.
constexpr std::size_t kShownDigits = 8;

std::string CommitText(const benchfmt::Run& run) {
  const std::string_view commit = run.Fact("commit.hash");
  return std::string(commit.empty() ? std::string_view(run.id) : commit)
      .substr(0, kShownDigits);
}

std::string Curve(const Trend& trend, bool ascii) {
  std::vector<double> medians;
  for (const TrendPoint& point : trend.points) medians.push_back(point.median);
  return Sparkline(medians, kCurveWidth, ascii);
}

std::string Latest(const Trend& trend) {
  const TrendPoint& point = trend.points.back();
  // Histories of before have no interval for a few; one sample cannot vary.
  const bool exact = benchfmt::IsExact(trend.unit) &&
                     (point.n == 1 || (point.low == point.median &&
                                       point.high == point.median));
  const double infinity = std::numeric_limits<double>::infinity();
  const compare::Center center{
      .n = point.n,
      .center = point.median,
      .low = std::isnan(point.low) ? -infinity : point.low,
      .high = std::isnan(point.high) ? infinity : point.high};
  return fmt::format("{} {} n={}",
                     Scale({&point.median, 1}, trend.unit).Format(point.median),
                     exact ? "exact" : CenterUncertainty(center), point.n);
}

// A change that the first digit does not show is told in more of them.
std::string Percentage(double percent) {
  constexpr double kShown = 0.05;
  return percent != 0 && std::fabs(percent) < kShown
             ? fmt::format("{:+.2g}%", percent)
             : fmt::format("{:+.1f}%", percent);
}

std::string Percent(double ratio) {
  constexpr double kPercent = 100;
  if (!std::isfinite(ratio)) return ratio > 0 ? "+∞" : "-∞";
  return Percentage(kPercent * (ratio - 1));
}

std::string Delta(const Trend& trend, std::size_t reference) {
  const compare::TrendDelta delta = compare::LatestAgainst(trend, reference);
  const double before = trend.points[reference].median;
  const double after = trend.points.back().median;
  if (before == after) return "0.0%";
  if (!delta.ratio) return fmt::format("{:+g}", after - before);
  if (benchfmt::IsExact(trend.unit)) return Percent(*delta.ratio);
  return fmt::format("{} [{}, {}]", Percent(*delta.ratio), Percent(delta.low),
                     Percent(delta.high));
}

bool IsWorse(const Trend& trend, const TrendChange& change) {
  return (change.after > change.before) != benchfmt::HigherIsBetter(trend.unit);
}

// "+5.1% worse at 1a2b3c4d, provisional"
std::string ChangeText(const Trend& trend, const TrendChange& change) {
  const benchfmt::Run& run = *trend.points[change.index].run;
  const auto percent = change.DeltaPercent();
  std::string text =
      (percent ? Percentage(*percent)
               : fmt::format("{:+g}", change.after - change.before)) +
      (IsWorse(trend, change) ? " worse at " : " better at ") + CommitText(run);
  if (!change.firm) text += ", provisional";
  if (change.accepted != nullptr)
    text += fmt::format(", accepted until {}: {}", change.accepted->until,
                        change.accepted->reason);
  return text;
}

std::string_view ChangeStyle(const Trend& trend, const TrendChange& change) {
  if (change.accepted != nullptr) return "";
  return VerdictStyle(IsWorse(trend, change) ? compare::Verdict::kRegression
                                             : compare::Verdict::kImprovement);
}

class Table {
 public:
  Table(std::span<const Trend> trends, const HistoryTextStyle& style)
      : style_(style),
        branches_(Differ(trends, &Trend::branch)),
        hosts_(Differ(trends, &Trend::host)) {}

  void Heading() {
    NextRow();
    Put("benchmark");
    Put("unit");
    if (branches_) Put("branch");
    if (hosts_) Put("host");
    Put("runs", Align::kRight);
    Put("oldest to latest");
    Put("latest");
    Put("change");
    Put("changed for good");
  }

  void Line(const Trend& trend) {
    NextRow();
    Put(trend.benchmark);
    Put(trend.unit);
    if (branches_) Put(trend.branch);
    if (hosts_) Put(trend.host);
    Put(std::to_string(trend.points.size()), Align::kRight);
    Put(Curve(trend, style_.ascii));
    Put(Latest(trend));
    const auto reference = style_.reference(trend);
    Put(reference ? Delta(trend, *reference) : "");
    if (!trend.changes.empty()) LastChange(trend);
  }

  // Each change, the newest first, with its time.
  void Changes(const Trend& trend) {
    for (std::size_t i = trend.changes.size(); i-- > 0;) {
      const TrendChange& change = trend.changes[i];
      NextRow();
      Put(trend.benchmark);
      Put(trend.unit);
      if (branches_) Put(trend.branch);
      if (hosts_) Put(trend.host);
      Put(trend.points[change.index].run->time);
      Put(ChangeText(trend, change), Align::kLeft, ChangeStyle(trend, change));
    }
  }

  std::string Format() const { return table_.Format(); }

 private:
  template <class Member>
  static bool Differ(std::span<const Trend> trends, Member member) {
    return std::ranges::any_of(trends, [&](const Trend& trend) {
      return trend.*member != trends.front().*member;
    });
  }

  void LastChange(const Trend& trend) {
    const TrendChange& last = trend.changes.back();
    std::string text = ChangeText(trend, last);
    if (trend.changes.size() > 1)
      text += fmt::format("; {} before", trend.changes.size() - 1);
    Put(text, Align::kLeft, ChangeStyle(trend, last));
  }

  void NextRow() {
    table_.NextRow();
    column_ = 0;
  }
  void Put(const std::string& text, Align align = Align::kLeft,
           std::string_view style = {}) {
    table_.Put(column_, {.text = OneLine(text),
                         .align = align,
                         .margin = column_ == 0 ? "" : "  ",
                         .style = style_.color ? style : std::string_view()});
    ++column_;
  }

  const HistoryTextStyle& style_;
  bool branches_, hosts_;
  TextTable table_;
  std::size_t column_ = 0;
};

}  // namespace

std::string HistoryText(std::span<const Trend> trends,
                        const HistoryTextStyle& style) {
  Table table(trends, style);
  if (!style.change_points) table.Heading();
  for (const Trend& trend : trends)
    if (style.change_points)
      table.Changes(trend);
    else
      table.Line(trend);
  return table.Format();
}

}  // namespace opstat::cli
