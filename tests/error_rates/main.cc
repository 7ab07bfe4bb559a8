#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/error_rates/report.h"

// Usage: error_rates [SUITES [SEED [THREADS]]]. Writes Markdown to stdout; the
// exit code is 1 when a rate misses its goal.
int main(int argc, char** argv) {
  using namespace opstat::error_rates;
  const auto argument = [&](int i, std::uint64_t fallback) {
    return argc > i ? std::strtoull(argv[i], nullptr, 10) : fallback;
  };
  Settings settings;
  settings.suites = int(argument(1, std::uint64_t(settings.suites)));
  settings.seed = argument(2, settings.seed);
  settings.threads = int(argument(3, std::thread::hardware_concurrency()));
  if (settings.suites < 1 || settings.threads < 1) {
    fmt::print(stderr, "usage: error_rates [SUITES [SEED [THREADS]]]\n");
    return 2;
  }
  const std::vector<Cell> cells = MeasureCells(settings, [](const Cell& cell) {
    fmt::print(stderr, "{}, n = {}\n", cell.noise.name, cell.rounds);
  });
  fmt::print("{}", Markdown(settings, cells));
  const std::vector<std::string> missed = MissedGoals(cells);
  for (const std::string& goal : missed) fmt::print(stderr, "{}\n", goal);
  return missed.empty() ? 0 : 1;
}
