#pragma once

#include <cstdint>
#include <string>

#include "opstat/compare/trend.h"

namespace opstat::cli {

/// The field that a curve is drawn in.
constexpr int kCurveWidth = 240, kCurveHeight = 56;

/// The medians of a trend, and where the finite ones lie.
struct Curve {
  /// From edge to edge as the `d` of an SVG path, the latest as the `L x y`
  /// that it ends in: at most 121 points, every peak and trough among them. "":
  /// none is finite.
  std::string path;
  std::int64_t runs = 0;
  double low, high;  ///< NaN: none is finite
};
Curve CurveOf(const compare::Trend& trend);

/// A line from top to bottom at each change point, as such a `d`.
std::string ChangesPath(const compare::Trend& trend);

}  // namespace opstat::cli
