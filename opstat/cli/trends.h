#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opstat/compare/trend.h"
#include "opstat/store/history.h"

namespace opstat::cli {

/// Which series of the history, and how far back. Texts: "" stands for any.
struct TrendQuery {
  std::string pattern{};  ///< a regular expression on the full name
  std::string unit{};     ///< "": the clock that decides, B/op, allocs/op
  std::string branch{};
  std::string since{};      ///< a date, a tag, or what git or the history knows
  std::string control{};    ///< a benchmark's full name: times by its own
  std::int64_t last = 200;  ///< points a series; < 0: all
  bool level_counts = true;  ///< whether counts that never changed, too
};

/// The series with their change points, in the order first stored. The clock
/// that decides is role.h's, by the newest medians. Throws Error(kUsage) for a
/// pattern or a `since` that is none, Error(kBadData) for a control without
/// runs.
std::vector<compare::Trend> ReadTrends(store::History& history,
                                       const TrendQuery& query);

}  // namespace opstat::cli
