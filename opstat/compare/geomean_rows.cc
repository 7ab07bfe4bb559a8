#include "opstat/compare/geomean_rows.h"

#include <algorithm>
#include <cmath>

#include "opstat/stats/geomean.h"

namespace opstat::compare {
namespace {

constexpr const char* kSummaries = "summaries must be >0 to compute geomean";
constexpr const char* kRatios = "ratios must be >0 to compute geomean";
constexpr const char* kSets =
    "benchmark set differs from baseline; geomeans may not be comparable";

struct Group {
  std::vector<double> baseline, contender, ratios;
  bool undefined_ratio = false;

  void Add(const Row& row) {
    if (row.baseline) baseline.push_back(row.baseline->center);
    if (row.contender) contender.push_back(row.contender->center);
    if (!row.baseline || !row.contender) return;
    undefined_ratio |= !row.ratio;
    ratios.push_back(row.ratio.value_or(0));
  }
};

std::optional<double> Mean(const std::vector<double>& values,
                           const char* warning, Geomean& result) {
  const double mean = stats::GeometricMean(values);
  if (!std::isnan(mean)) return mean;
  if (!values.empty() && std::ranges::count(result.warnings, warning) == 0) {
    result.warnings.emplace_back(warning);
  }
  return std::nullopt;
}

// Of a clock only the rows that it decides: the others are shown for another
// clock's sake.
bool Decides(const Row& row) { return row.role == Role::kDecides; }

Geomean Summarize(const Group& group, const Row& row, bool alone) {
  Geomean result{.table = row.table,
                 .unit = row.unit,
                 .contender_index = row.contender_index,
                 .baseline = {},
                 .contender = {},
                 .delta_percent = {},
                 .warnings = {}};
  if (!alone && group.ratios.size() != group.baseline.size()) {
    result.warnings.emplace_back(kSets);
  }
  result.baseline = Mean(group.baseline, kSummaries, result);
  result.contender = Mean(group.contender, kSummaries, result);
  if (group.undefined_ratio) return result;
  if (const auto ratio = Mean(group.ratios, kRatios, result)) {
    result.delta_percent = 100 * (*ratio - 1);
  }
  return result;
}

}  // namespace

std::vector<Geomean> GeomeanRows(std::span<const Row> rows, bool alone) {
  std::vector<Geomean> result;
  for (std::size_t i = 0; i < rows.size();) {
    const Row& first = rows[i];
    Group group;
    const auto same = [&](const Row& row) {
      return row.table == first.table && row.unit == first.unit &&
             row.contender_index == first.contender_index;
    };
    const auto end =
        std::find_if_not(rows.begin() + std::ptrdiff_t(i), rows.end(), same);
    const auto group_rows =
        rows.subspan(i, static_cast<std::size_t>(end - rows.begin()) - i);
    const bool decides = std::ranges::any_of(group_rows, Decides);
    for (const Row& row : group_rows)
      if (!decides || Decides(row)) group.Add(row);
    i += group_rows.size();
    result.push_back(Summarize(group, first, alone));
  }
  return result;
}

}  // namespace opstat::compare
