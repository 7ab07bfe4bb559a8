#include "opstat/cli/sort_rows.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace opstat::cli {
namespace {

using compare::Row;

// The factor by which the contender is worse; 0 -> k is infinitely so.
double Worsening(const Row& row) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (!row.baseline || !row.contender) return -1;
  if (!row.ratio) return kInfinity;
  if (!row.higher_is_better) return *row.ratio;
  return *row.ratio == 0 ? kInfinity : 1 / *row.ratio;
}

}  // namespace

RowOrder RowOrderOf(const Arguments& arguments) {
  const std::string order = arguments.Choice("sort");
  return order == "name"     ? RowOrder::kName
         : order == "change" ? RowOrder::kChange
                             : RowOrder::kProgram;
}

void SortRows(compare::Comparison& comparison, RowOrder order) {
  auto first = comparison.rows.begin();
  while (first != comparison.rows.end()) {
    const auto last =
        std::find_if(first, comparison.rows.end(), [&](const Row& row) {
          return row.table != first->table || row.unit != first->unit ||
                 row.contender_index != first->contender_index;
        });
    if (order == RowOrder::kName)
      std::ranges::stable_sort(first, last, {}, &Row::benchmark);
    if (order == RowOrder::kChange)
      std::ranges::stable_sort(first, last, std::greater(), Worsening);
    first = last;
  }
}

}  // namespace opstat::cli
