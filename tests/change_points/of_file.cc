// Usage: change_points_of_file FILE [REPEATS]. FILE holds a number a line; its
// change points come out, a line each: index, change in percent, firm or not.
// With REPEATS, on stderr, the CPU seconds of one analysis: the mean of those.
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <vector>

#include "opstat/stats/change_point.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::ifstream file(argv[1]);
  std::vector<double> values;
  for (double value = 0; file >> value;) values.push_back(value);
  const int repeats = argc > 2 ? std::atoi(argv[2]) : 1;
  std::vector<opstat::stats::ChangePoint> points;
  const std::clock_t start = std::clock();
  for (int i = 0; i < repeats; ++i)
    points = opstat::stats::FindChangePoints(values);
  const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
  for (const auto& point : points)
    fmt::print("{} {:+.2f} {}\n", point.index,
               100 * (point.after / point.before - 1),
               point.firm ? "firm" : "provisional");
  fmt::print(stderr, "{:.9f}\n", seconds / repeats);
}
