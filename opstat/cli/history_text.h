#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "opstat/compare/trend.h"

namespace opstat::cli {

struct HistoryTextStyle {
  bool color = false;
  bool ascii = false;          ///< sparklines without Unicode's blocks
  bool change_points = false;  ///< a line each, of series that have some
  /// What the latest value is compared with; no value: there is none.
  std::function<std::optional<std::size_t>(const compare::Trend&)> reference;
};

/// A line a series: its curve, its latest value with interval and n, the change
/// against the reference, and where it last changed for good.
std::string HistoryText(std::span<const compare::Trend> trends,
                        const HistoryTextStyle& style);

}  // namespace opstat::cli
