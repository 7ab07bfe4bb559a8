#include <fmt/format.h>

#include <cstdlib>

#include "tests/change_points/simulation.h"

// Usage: change_points [SERIES [SEED]]. Writes Markdown to stdout; the exit
// code is 1 when a rate misses its goal.
int main(int argc, char** argv) {
  using namespace opstat::change_points;
  const int series = argc > 1 ? std::atoi(argv[1]) : 10000;
  std::uint64_t seed =
      argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20261126;
  if (series < 1) {
    fmt::print(stderr, "usage: change_points [SERIES [SEED]]\n");
    return 2;
  }
  std::vector<FalsePoints> cells;
  for (const auto& noise : SeriesNoise())
    for (const int length : {12, 30, 100, 300})
      cells.push_back(MeasureFalsePoints(noise, length, series, ++seed));
  std::vector<Detection> detections;
  for (const double step : {0.02, 0.05})
    for (const int before : {20, 30, 50, 95})
      for (const Detection& one :
           MeasureDetection(step, before, 10, series / 5 + 1, ++seed))
        if (one.after == 3 || one.after == 5 || one.after == 10)
          detections.push_back(one);
  fmt::print("{}", Markdown(cells, detections));
  const auto missed = MissedGoals(cells, detections);
  for (const std::string& goal : missed) fmt::print(stderr, "{}\n", goal);
  return missed.empty() ? 0 : 1;
}
