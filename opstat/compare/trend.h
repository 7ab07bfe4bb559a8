#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/acceptance.h"
#include "opstat/compare/environments.h"

namespace opstat::compare {

/// One run's value of a series: median and interval in base units, NaN where
/// not defined. Of the run its id, time, session, side and facts count.
struct TrendPoint {
  std::shared_ptr<const benchfmt::Run> run;  ///< never null
  std::int64_t n = 0;
  double median = 0, low = 0, high = 0;
};

/// Where a series changed for good; points[index] is the first that did.
struct TrendChange {
  std::size_t index = 0;
  double before = 0, after = 0;  ///< medians of the levels beside it
  bool firm = false;             ///< the next runs cannot take it back
  const Acceptance* accepted = nullptr;

  /// Absent from a level of 0.
  std::optional<double> DeltaPercent() const;
};

/// One unit of one benchmark through runs that can be compared.
struct Trend {
  std::string benchmark, unit, host, branch;  ///< host "": several
  std::vector<TrendPoint> points;             ///< the oldest first
  std::vector<TrendChange> changes;           ///< ascending
};

/// The latest value against an earlier one.
struct TrendDelta {
  std::size_t reference = 0;
  std::optional<double> ratio;  ///< absent from a value of 0
  /// What both intervals allow, at least 90%; infinite without intervals.
  double low = 0, high = 0;
};

/// Points of one benchmark and unit, by branch and by what can be compared, in
/// the order of each one's first point. Where both sides of a comparison fall
/// into one trend and no commit's time says which was first, the base's point
/// is left out: comparing again and again would look like a change each time.
std::vector<Trend> SplitTrend(const std::string& benchmark,
                              const std::string& unit,
                              const std::vector<TrendPoint>& points,
                              Environments& environments);

/// The same points, each divided by the control's of the same run, which takes
/// away what slowed both; runs without a control value are left out. The
/// intervals are those of the quotient of two.
Trend RatioToControl(const Trend& trend, const Trend& control);

/// Exact units: every run whose interval lies outside that of the level's
/// first, firm. Others: stats::FindChangePoints of the medians.
std::vector<TrendChange> FindChanges(const Trend& trend);

/// Marks the changes that somebody meant. A noisy change may have come with the
/// run before or after its own, too. Gives those that were matched.
std::vector<const Acceptance*> Accept(Trend& trend,
                                      std::span<const Acceptance> acceptances,
                                      std::string_view today);

/// REQUIRES: reference < trend.points.size().
TrendDelta LatestAgainst(const Trend& trend, std::size_t reference);

}  // namespace opstat::compare
