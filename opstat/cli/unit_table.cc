#include "opstat/cli/unit_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <unordered_map>

#include "opstat/cli/cells.h"

namespace opstat::cli {
namespace {

using compare::Comparison;
using compare::Row;
using compare::TableKey;

std::vector<std::string> Titles(const TableKey& key, const TableKey* before) {
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (before && (*before)[i] == key[i]) continue;
    titles.push_back(fmt::format("{}: {}", key[i].first, key[i].second));
  }
  return titles;
}

bool EqualDownTo(std::size_t level, std::span<const std::string> a,
                 std::span<const std::string> b) {
  return std::ranges::equal(a.first(level + 1), b.first(level + 1));
}

void AddGeomeans(const Comparison& comparison, std::size_t table,
                 UnitTable& to) {
  for (const compare::Geomean& geomean : comparison.geomean) {
    if (geomean.table == table && geomean.unit == to.unit)
      to.geomeans.push_back(&geomean);
  }
}

}  // namespace

bool UnitTable::HasInterval() const {
  return std::ranges::any_of(lines, [](const auto& line) {
    return std::ranges::any_of(
        line, [](const Row* row) { return !ChangeInterval(*row).empty(); });
  });
}

std::string UnitTable::ChangeHeading() const {
  return std::string("vs base") + (HasInterval() ? " [95% interval]" : "") +
         (lines[0][0]->higher_is_better ? ", higher is better" : "");
}

std::vector<UnitTable> UnitTables(const Comparison& comparison, bool all_units,
                                  bool only_changed) {
  std::vector<UnitTable> tables;
  std::unordered_map<const compare::Subject*, std::size_t> line_of;
  const Row* last = nullptr;
  for (const Row* row : ShownRows(comparison, all_units)) {
    if (only_changed && !IsChange(row->verdict)) continue;
    if (!last || last->table != row->table || last->unit != row->unit) {
      const bool same_key = last && last->table == row->table;
      UnitTable& table = tables.emplace_back();
      table.unit = row->unit;
      if (!same_key)
        table.titles = Titles(comparison.tables[row->table],
                              last ? &comparison.tables[last->table] : nullptr);
      AddGeomeans(comparison, row->table, table);
      line_of.clear();
    }
    last = row;
    auto& lines = tables.back().lines;
    const auto [line, is_new] =
        line_of.try_emplace(row->subject.get(), lines.size());
    if (is_new) lines.emplace_back();
    lines[line->second].push_back(row);
  }
  return tables;
}

Scale ScaleOf(const std::vector<const Row*>& line) {
  std::vector<double> centers;
  centers.reserve(2 * line.size());
  for (const Row* row : line)
    for (const auto& side : {row->baseline, row->contender})
      if (side) centers.push_back(side->center);
  return Scale(centers, line.front()->unit);
}

std::vector<std::vector<Heading>> Headings(const Comparison& comparison) {
  std::vector<const std::vector<std::string>*> columns{
      &comparison.baseline.heading};
  for (const auto& side : comparison.contenders)
    columns.push_back(&side.heading);
  std::vector<std::vector<Heading>> levels(columns[0]->size());
  for (std::size_t level = 0; level < levels.size(); ++level) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const bool joins =
          c > 0 && EqualDownTo(level, *columns[c - 1], *columns[c]);
      if (joins)
        ++levels[level].back().columns;
      else
        levels[level].push_back({c, 1, (*columns[c])[level]});
    }
  }
  return levels;
}

}  // namespace opstat::cli
