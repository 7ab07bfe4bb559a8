#include "opstat/compare/confirm.h"

#include <algorithm>

namespace opstat::compare {

std::vector<std::string> BenchmarksToConfirm(const Comparison& screen) {
  std::vector<std::string> names;
  for (const Row& row : screen.rows) {
    if (row.wants_rounds && std::ranges::count(names, row.benchmark()) == 0) {
      names.push_back(row.benchmark());
    }
  }
  return names;
}

}  // namespace opstat::compare
