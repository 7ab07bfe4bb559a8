#include "opstat/cli/curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

namespace opstat::cli {
namespace {

constexpr int kMargin = 6;
constexpr std::size_t kMostPoints = 120;

struct Point {
  std::size_t index;
  double value;
};

std::vector<Point> Finite(const compare::Trend& trend) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < trend.points.size(); ++i)
    if (std::isfinite(trend.points[i].median))
      points.push_back({i, trend.points[i].median});
  return points;
}

// The lowest and the highest of each of so many stretches, and the latest.
std::vector<Point> Thinned(std::vector<Point> points) {
  constexpr std::size_t kStretches = kMostPoints / 2;
  if (points.size() <= kMostPoints) return points;
  std::vector<Point> kept;
  for (std::size_t i = 0; i < kStretches; ++i) {
    const auto at = [&](std::size_t stretch) {
      return points.begin() +
             static_cast<std::ptrdiff_t>(stretch * points.size() / kStretches);
    };
    auto [low, high] =
        std::ranges::minmax_element(at(i), at(i + 1), {}, &Point::value);
    if (high < low) std::swap(low, high);
    kept.push_back(*low);
    if (low != high) kept.push_back(*high);
  }
  if (kept.back().index != points.back().index) kept.push_back(points.back());
  return kept;
}

int Across(std::size_t index, std::size_t count) {
  const double share = static_cast<double>(index) /
                       static_cast<double>(std::max<std::size_t>(count, 2) - 1);
  return kMargin +
         static_cast<int>(std::lround((kCurveWidth - 2 * kMargin) * share));
}

struct Place {
  int x, y;
};

std::vector<Place> PlacesOf(const std::vector<Point>& points, std::size_t count,
                            double low, double range) {
  std::vector<Place> places;
  places.reserve(points.size());
  for (const Point& point : points) {
    const double share = range > 0 ? (point.value - low) / range : 0.5;
    places.push_back({Across(point.index, count),
                      kCurveHeight - kMargin -
                          static_cast<int>(std::lround(
                              (kCurveHeight - 2 * kMargin) * share))});
  }
  return places;
}

std::string PathThrough(const std::vector<Place>& places) {
  std::string path = fmt::format("M{} {}", places.front().x, places.front().y);
  for (std::size_t i = 1; i + 1 < places.size(); ++i)
    fmt::format_to(std::back_inserter(path), "l{} {}",
                   places[i].x - places[i - 1].x,
                   places[i].y - places[i - 1].y);
  return path + fmt::format("L{} {}", places.back().x, places.back().y);
}

}  // namespace

Curve CurveOf(const compare::Trend& trend) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Point> points = Finite(trend);
  if (points.empty()) return {.path = {}, .runs = 0, .low = kNaN, .high = kNaN};
  const auto [low, high] = std::ranges::minmax(points, {}, &Point::value);
  return {.path = PathThrough(PlacesOf(Thinned(points), trend.points.size(),
                                       low.value, high.value - low.value)),
          .runs = std::ssize(points),
          .low = low.value,
          .high = high.value};
}

std::string ChangesPath(const compare::Trend& trend) {
  std::string path;
  for (const compare::TrendChange& change : trend.changes)
    path += fmt::format("M{} 0v{}", Across(change.index, trend.points.size()),
                        kCurveHeight);
  return path;
}

}  // namespace opstat::cli
