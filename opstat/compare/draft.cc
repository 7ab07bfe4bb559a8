#include "opstat/compare/draft.h"

#include <algorithm>
#include <map>

#include "opstat/benchfmt/name.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/compare/comparability.h"
#include "opstat/compare/judge.h"
#include "opstat/compare/role.h"
#include "opstat/compare/row_numbers.h"
#include "opstat/compare/stage.h"

namespace opstat::compare {
namespace {

using benchfmt::Benchmark;
using benchfmt::Measurement;

// A row's name with the benchmark of each column, null where it has none.
struct Line {
  std::string name;
  std::vector<const Benchmark*> by_column;
  std::string_view clock;
};

std::vector<Line> LinesOf(std::span<const Column> columns) {
  std::vector<Line> lines;
  std::map<std::string_view, std::size_t> place;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const auto& [name, benchmark] : columns[c].rows) {
      const auto [found, is_new] = place.emplace(name, lines.size());
      if (is_new) {
        lines.push_back(
            {name, std::vector<const Benchmark*>(columns.size()), {}});
      }
      lines[found->second].by_column[c] = benchmark;
    }
  }
  for (Line& line : lines) {
    std::vector<const Benchmark*> sides = line.by_column;
    std::erase(sides, nullptr);
    line.clock = DecidingClock(sides);
  }
  return lines;
}

std::vector<std::string> UnitsOf(const std::vector<Line>& lines) {
  std::vector<std::string> units;
  for (const Line& line : lines) {
    for (const Benchmark* benchmark : line.by_column) {
      if (!benchmark) continue;
      for (const Measurement& measurement : benchmark->measurements) {
        const std::string& unit = measurement.unit;
        if (benchfmt::IsHousekeeping(unit)) continue;
        if (std::ranges::count(units, unit) == 0) units.push_back(unit);
      }
    }
  }
  return units;
}

bool HasUnit(const Benchmark* benchmark, const std::string& unit) {
  return benchmark && benchmark->Find(unit);
}

std::map<std::string, std::string> KeysOf(const std::string& name) {
  std::map<std::string, std::string> keys;
  for (const auto& part : benchfmt::SplitName(name)) {
    if (!part.key.empty()) keys.emplace(part.key, part.value);
  }
  return keys;
}

Tau TauOf(const Row& row, const Policy& policy) {
  // Identical programs' instruction counts differ by less.
  if (row.role == Role::kNearExact) return {0.002, "near-exact"};
  const auto found = policy.taus.find(row.benchmark);
  return row.role == Role::kDecides && found != policy.taus.end()
             ? found->second
             : policy.tau;
}

bool HigherIsBetter(const std::string& unit, const Policy& policy) {
  const auto judged = policy.judged.find(unit);
  return judged == policy.judged.end() ? benchfmt::HigherIsBetter(unit)
                                       : judged->second == Better::kHigher;
}

Draft MakeDraft(const Line& line, const std::string& unit, std::size_t column,
                const Policy& policy) {
  Draft draft;
  draft.baseline = line.by_column[0];
  if (column > 0) draft.contender = line.by_column[column];
  Row& row = draft.row;
  row.benchmark = line.name;
  row.key = KeysOf(line.name);
  row.unit = unit;
  row.role = RoleOf(unit, line.clock);
  if (unit == benchfmt::kWallTime || unit == benchfmt::kCpuTime) {
    row.decided_by = line.clock;
  }
  row.higher_is_better = HigherIsBetter(unit, policy);
  row.contender_index = int(column) - 1;
  row.sides = !draft.contender  ? Sides::kBaseOnly
              : !draft.baseline ? Sides::kHeadOnly
                                : Sides::kBoth;
  row.tau = TauOf(row, policy);
  row.baseline_samples = MeasuredValues(draft.baseline, unit);
  row.contender_samples = MeasuredValues(draft.contender, unit);
  ChooseStage(draft, policy);
  FillCenters(row);
  return draft;
}

}  // namespace

std::vector<Draft> MakeDrafts(std::span<const Column> columns,
                              const Policy& policy) {
  const std::vector<Line> lines = LinesOf(columns);
  std::vector<Draft> drafts;
  const bool alone = columns.size() == 1;
  for (const std::string& unit : UnitsOf(lines)) {
    for (std::size_t c = alone ? 0 : 1; c < columns.size(); ++c) {
      const Comparability comparable =
          Comparable(*columns[0].run, *columns[c].run, policy);
      for (const Line& line : lines) {
        if (!HasUnit(line.by_column[0], unit) &&
            !HasUnit(line.by_column[c], unit)) {
          continue;
        }
        drafts.push_back(MakeDraft(line, unit, c, policy));
        if (alone) continue;
        ChooseJudge(drafts.back(), columns[c].same_code, comparable, policy);
      }
    }
  }
  return drafts;
}

}  // namespace opstat::compare
