// CPU seconds that reading FILE into a Run takes, the smallest of five.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <limits>

#include "opstat/benchfmt/reader.h"

int main(int, char** argv) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 5; ++i) {
    const std::clock_t start = std::clock();
    const auto run = opstat::benchfmt::ReadRunFile(argv[1]);
    best = std::min(best, double(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::printf("%.6f\n", best);
}
