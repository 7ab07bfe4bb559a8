#include "opstat/compare/trend.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "opstat/benchfmt/unit.h"
#include "opstat/stats/change_point.h"

namespace opstat::compare {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Comparisons (their sessions) by the time of the commit of a side.
using Sitting = std::pair<std::string_view, std::string_view>;
Sitting SittingOf(const TrendPoint& point) {
  return {point.run->session, point.run->Fact("commit.time")};
}

void LeaveOutBases(std::vector<TrendPoint>& points) {
  std::set<Sitting> with_head;
  for (const TrendPoint& point : points)
    if (!point.run->session.empty() && point.run->side != "A")
      with_head.insert(SittingOf(point));
  std::erase_if(points, [&](const TrendPoint& point) {
    return point.run->side == "A" && with_head.contains(SittingOf(point));
  });
}

// Without an interval a single sample's value is all that is known.
double Low(const TrendPoint& point) {
  return std::isnan(point.low) ? point.median : point.low;
}
double High(const TrendPoint& point) {
  return std::isnan(point.high) ? point.median : point.high;
}

std::vector<TrendChange> ExactChanges(const std::vector<TrendPoint>& points) {
  std::vector<TrendChange> changes;
  const TrendPoint* level = nullptr;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const TrendPoint& point = points[i];
    if (std::isnan(point.median)) continue;
    const bool apart = level != nullptr &&
                       (Low(point) > High(*level) || High(point) < Low(*level));
    if (apart) changes.push_back({i, level->median, point.median, true});
    if (apart || level == nullptr) level = &point;
  }
  return changes;
}

std::vector<TrendChange> NoisyChanges(const std::vector<TrendPoint>& points) {
  std::vector<double> medians;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isfinite(points[i].median)) continue;
    medians.push_back(points[i].median);
    places.push_back(i);
  }
  std::vector<TrendChange> changes;
  for (const stats::ChangePoint& point : stats::FindChangePoints(medians))
    changes.push_back(
        {places[point.index], point.before, point.after, point.firm});
  return changes;
}

// The commits in which the change may have happened, by what was measured.
std::vector<std::string> CommitsOf(const Trend& trend, std::size_t index) {
  const std::size_t reach = benchfmt::IsExact(trend.unit) ? 0 : 1;
  std::vector<std::string> commits;
  for (std::size_t i = index - std::min(index, reach);
       i < trend.points.size() && i <= index + reach; ++i)
    commits.emplace_back(trend.points[i].run->Fact("commit.hash"));
  return commits;
}

TrendPoint Quotient(const TrendPoint& point, const TrendPoint& control) {
  return {.run = point.run,
          .n = std::min(point.n, control.n),
          .median = point.median / control.median,
          .low = point.low / control.high,
          .high = point.high / control.low};
}

}  // namespace

std::optional<double> TrendChange::DeltaPercent() const {
  constexpr double kPercent = 100;
  if (before == 0) return std::nullopt;
  return kPercent * (after / before - 1);
}

std::vector<Trend> SplitTrend(const std::string& benchmark,
                              const std::string& unit,
                              const std::vector<TrendPoint>& points,
                              Environments& environments) {
  std::vector<Trend> trends;
  std::map<std::pair<std::string_view, int>, std::size_t> places;
  for (const TrendPoint& point : points) {
    const Environments::Place of = environments.Of(point.run, unit);
    const auto [place, is_new] =
        places.try_emplace({of.branch, of.number}, trends.size());
    if (is_new)
      trends.push_back({.benchmark = benchmark,
                        .unit = unit,
                        .host = std::string(of.host),
                        .branch = std::string(of.branch),
                        .points = {},
                        .changes = {}});
    Trend& trend = trends[place->second];
    trend.points.push_back(point);
    if (trend.host != of.host) trend.host.clear();
  }
  for (Trend& trend : trends) LeaveOutBases(trend.points);
  return trends;
}

Trend RatioToControl(const Trend& trend, const Trend& control) {
  std::map<std::string_view, const TrendPoint*> controls;
  for (const TrendPoint& point : control.points)
    if (point.median > 0) controls[point.run->id] = &point;
  Trend ratio = trend;
  ratio.points.clear();
  for (const TrendPoint& point : trend.points)
    if (const auto found = controls.find(point.run->id);
        found != controls.end())
      ratio.points.push_back(Quotient(point, *found->second));
  return ratio;
}

std::vector<TrendChange> FindChanges(const Trend& trend) {
  return benchfmt::IsExact(trend.unit) ? ExactChanges(trend.points)
                                       : NoisyChanges(trend.points);
}

std::vector<const Acceptance*> Accept(Trend& trend,
                                      std::span<const Acceptance> acceptances,
                                      std::string_view today) {
  std::vector<const Acceptance*> used;
  for (TrendChange& change : trend.changes) {
    change.accepted =
        FindAcceptance(acceptances,
                       {.benchmark = trend.benchmark,
                        .unit = trend.unit,
                        .commits = CommitsOf(trend, change.index)},
                       today);
    if (change.accepted != nullptr) used.push_back(change.accepted);
  }
  return used;
}

TrendDelta LatestAgainst(const Trend& trend, std::size_t reference) {
  const TrendPoint& latest = trend.points.back();
  const TrendPoint& base = trend.points[reference];
  TrendDelta delta{.reference = reference,
                   .ratio = std::nullopt,
                   .low = -kInfinity,
                   .high = kInfinity};
  if (base.median != 0) delta.ratio = latest.median / base.median;
  if (base.low > 0 && latest.low > 0) {
    delta.low = latest.low / base.high;
    delta.high = latest.high / base.low;
  }
  return delta;
}

}  // namespace opstat::compare
