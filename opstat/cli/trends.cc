#include "opstat/cli/trends.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/time.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/cli/git.h"
#include "opstat/compare/filter.h"
#include "opstat/compare/role.h"

namespace opstat::cli {
namespace {

using compare::Trend;
using compare::TrendPoint;
using store::SeriesHistory;
using store::SeriesRun;

bool CouldBeHash(const std::string& text) {
  return std::ranges::all_of(
      text, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

// A tag of the history, a date, what git knows, the beginning of a hash.
void Since(store::History& history, const std::string& since,
           store::SeriesQuery& wanted) {
  if (since.empty()) return;
  if (const auto tagged = history.Tagged(since))
    wanted.since =
        tagged->commit_time.empty() ? tagged->time : tagged->commit_time;
  else if (benchfmt::UnixSeconds(since))
    wanted.since = since;
  else if (const auto time = CommitTime(since))
    wanted.since = *time;
  else if (CouldBeHash(since))
    wanted.since_commit = since;
  else
    throw Error(Failure::kUsage,
                fmt::format("--since '{}' is no date, tag or commit", since),
                "write a date as 2026-11-23 or 2026-11-23T10:20:30Z; "
                "opstat list shows the tags and commits");
}

// Every clock, and what the one that decides depends on.
constexpr std::array kClocks = {benchfmt::kWallTime, benchfmt::kCpuTime,
                                benchfmt::kRunDelay};

std::vector<std::string> UnitsOf(const TrendQuery& query) {
  if (!query.unit.empty()) return {benchfmt::Tidy(query.unit).unit};
  std::vector<std::string> units(kClocks.begin(), kClocks.end());
  units.insert(units.end(),
               {std::string(benchfmt::kBytes), std::string(benchfmt::kAllocs)});
  return units;
}

store::SeriesQuery StoreQuery(store::History& history,
                              const TrendQuery& query) {
  store::SeriesQuery wanted{.units = UnitsOf(query),
                            .branch = query.branch,
                            .last = query.last,
                            .level_counts = query.level_counts,
                            .facts = true};
  if (!query.pattern.empty())
    wanted.benchmark = [filter =
                            compare::Filter::ByName(query.pattern, "history"),
                        control = query.control](std::string_view name) {
      return name == control ||
             filter.Matches({}, {.name = std::string(name), .measurements = {}},
                            "");
    };
  Since(history, query.since, wanted);
  return wanted;
}

// What the rooms below know a run as; one for all its points.
class Runs {
 public:
  std::shared_ptr<const benchfmt::Run> Of(
      const std::shared_ptr<const SeriesRun>& run) {
    auto& known = runs_[run.get()];
    if (known == nullptr) {
      auto made = std::make_shared<benchfmt::Run>();
      made->id = run->id;
      made->time = run->time;
      made->label = run->label;
      made->session = run->session;
      made->side = run->side;
      made->facts = run->facts;
      known = std::move(made);
    }
    return known;
  }

 private:
  std::unordered_map<const SeriesRun*, std::shared_ptr<const benchfmt::Run>>
      runs_;
};

// A benchmark of the newest medians, for the clock that decides.
std::map<std::string_view, benchfmt::Benchmark> NewestMedians(
    const std::vector<SeriesHistory>& series) {
  std::map<std::string_view, benchfmt::Benchmark> newest;
  for (const SeriesHistory& one : series) {
    if (std::ranges::count(kClocks, one.unit) == 0) continue;
    benchfmt::Benchmark& benchmark = newest[one.benchmark];
    benchmark.name = one.benchmark;
    benchmark.Add(one.unit).values = {one.points.back().median};
  }
  return newest;
}

class DefaultUnits {
 public:
  explicit DefaultUnits(const std::vector<SeriesHistory>& series)
      : newest_(NewestMedians(series)) {}

  bool Includes(const SeriesHistory& one) const {
    if (one.unit == benchfmt::kBytes || one.unit == benchfmt::kAllocs)
      return true;
    const auto found = newest_.find(one.benchmark);
    if (found == newest_.end()) return false;
    const benchfmt::Benchmark* benchmark = &found->second;
    return one.unit == compare::DecidingClock({&benchmark, 1});
  }

 private:
  std::map<std::string_view, benchfmt::Benchmark> newest_;
};

std::vector<Trend> ToTrends(const std::vector<SeriesHistory>& series,
                            bool all_units) {
  const DefaultUnits units(series);
  Runs runs;
  compare::Environments environments;
  std::vector<Trend> trends;
  for (const SeriesHistory& one : series) {
    if (!all_units && !units.Includes(one)) continue;
    std::vector<TrendPoint> points;
    points.reserve(one.points.size());
    for (const store::SeriesPoint& point : one.points)
      points.push_back(
          {runs.Of(point.run), point.n, point.median, point.low, point.high});
    for (Trend& trend :
         compare::SplitTrend(one.benchmark, one.unit, points, environments))
      trends.push_back(std::move(trend));
  }
  return trends;
}

bool IsControlOf(const Trend& control, const Trend& trend,
                 const std::string& name) {
  return control.benchmark == name && control.unit == trend.unit &&
         control.host == trend.host && control.branch == trend.branch;
}

// Counts need no control.
std::vector<Trend> DividedByControl(const std::vector<Trend>& trends,
                                    const std::string& name) {
  std::vector<Trend> divided;
  for (const Trend& trend : trends) {
    if (trend.benchmark == name) continue;
    if (!benchfmt::IsTime(trend.unit)) {
      divided.push_back(trend);
      continue;
    }
    const auto control = std::ranges::find_if(trends, [&](const Trend& other) {
      return IsControlOf(other, trend, name);
    });
    if (control == trends.end()) continue;
    Trend ratio = compare::RatioToControl(trend, *control);
    if (!ratio.points.empty()) divided.push_back(std::move(ratio));
  }
  if (std::ranges::none_of(
          trends, [&](const Trend& trend) { return trend.benchmark == name; }))
    throw Error(Failure::kBadData,
                fmt::format("no run of the control benchmark '{}'", name),
                "give its full name: opstat history");
  return divided;
}

}  // namespace

std::vector<Trend> ReadTrends(store::History& history,
                              const TrendQuery& query) {
  std::vector<Trend> trends =
      ToTrends(history.Series(StoreQuery(history, query)), !query.unit.empty());
  if (!query.control.empty()) trends = DividedByControl(trends, query.control);
  for (Trend& trend : trends) trend.changes = compare::FindChanges(trend);
  return trends;
}

}  // namespace opstat::cli
