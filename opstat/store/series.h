#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace opstat::store {

/// Which points of which series to read. Texts: "" stands for any.
struct SeriesQuery {
  /// Chooses benchmarks by their full name; empty: all.
  std::function<bool(std::string_view)> benchmark{};
  std::vector<std::string> units{};  ///< of these; empty: all
  std::string branch{}, host{};
  /// ISO 8601: only runs of a commit (of a measurement, where the run names no
  /// commit's time) at that time or later.
  std::string since{};
  /// The beginning of a commit's hash: only runs stored since its first one.
  std::string since_commit{};
  /// At most so many points a series, the last that were stored; < 0: all.
  std::int64_t last = 200;
  /// Whether to give a count whose points are all alike: most are.
  bool level_counts = true;
  bool facts = false;  ///< whether to read SeriesRun::facts
};

/// What a point says of its run; "" where the run has no such fact.
struct SeriesRun {
  std::string id, time, commit_hash, commit_time, branch, host, label;
  std::string session, side;
  std::map<std::string, std::string> facts{};  ///< all, where asked for
};

struct SeriesPoint {
  std::shared_ptr<const SeriesRun> run;  ///< never null
  std::int64_t n = 0;                    ///< samples that measured the unit
  double median, low, high;              ///< NaN where not defined
};

/// One unit of one benchmark through the history.
struct SeriesHistory {
  std::string benchmark, unit;
  /// The oldest first: by the commit's time (the measurement's, where there is
  /// none), then by the measurement's, then as stored. Never empty.
  std::vector<SeriesPoint> points;
};

}  // namespace opstat::store
