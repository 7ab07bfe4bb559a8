#include "opstat/compare/draft.h"

#include <algorithm>
#include <span>

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

// A line with the clock that decides its times.
struct Timed {
  const Line* line;
  std::string_view clock;
};

std::vector<Timed> TimedLines(const Layout& layout) {
  std::vector<Timed> lines;
  for (const Line& line : layout.lines) {
    std::vector<const Benchmark*> sides = line.cells;
    std::erase(sides, nullptr);
    lines.push_back({&line, DecidingClock(sides)});
  }
  return lines;
}

std::vector<std::string> UnitsOf(const Layout& layout) {
  std::vector<std::string> units;
  for (const Line& line : layout.lines) {
    for (const Benchmark* benchmark : line.cells) {
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

Tau TauOf(const Row& row, const Policy& policy) {
  // Identical programs' instruction counts differ by less.
  if (row.role == Role::kNearExact) return {0.002, "near-exact"};
  const auto found = policy.taus.find(row.benchmark);
  return row.role == Role::kDecides && found != policy.taus.end()
             ? found->second
             : policy.tau;
}

bool HigherIsBetter(const Row& row, const Policy& policy) {
  if (row.limits.better) return *row.limits.better == Better::kHigher;
  const auto judged = policy.judged.find(row.unit);
  return judged == policy.judged.end() ? benchfmt::HigherIsBetter(row.unit)
                                       : judged->second == Better::kHigher;
}

// A worsening that is allowed need not be seen.
double MustSee(const Row& row, const Policy& policy) {
  return std::max(row.limits.must_see.value_or(policy.must_see),
                  row.limits.threshold.relative);
}

// Of the baseline, where it has the benchmark: a change does not choose rules.
Limits LimitsOf(const Draft& draft, const std::vector<Column>& columns,
                std::size_t column, const Policy& policy) {
  if (policy.rules.empty()) return {};
  const Benchmark* known = draft.baseline ? draft.baseline : draft.contender;
  return LimitsOf(policy.rules,
                  {.run = *columns[draft.baseline ? 0 : column].run,
                   .benchmark = *known,
                   .unit = draft.row.unit,
                   .decides = draft.row.role == Role::kDecides});
}

Draft MakeDraft(const Timed& timed, const std::string& unit, std::size_t column,
                const std::vector<Column>& columns, const Policy& policy) {
  const Line& line = *timed.line;
  Draft draft;
  draft.baseline = line.cells[0];
  if (column > 0) draft.contender = line.cells[column];
  Row& row = draft.row;
  row.table = line.table;
  row.benchmark = line.name;
  row.key = line.key;
  row.warnings = line.warnings;
  row.unit = unit;
  row.role = RoleOf(unit, timed.clock);
  if (unit == benchfmt::kWallTime || unit == benchfmt::kCpuTime) {
    row.decided_by = timed.clock;
  }
  row.limits = LimitsOf(draft, columns, column, policy);
  row.must_see = MustSee(row, policy);
  row.higher_is_better = HigherIsBetter(row, policy);
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

std::deque<Draft> MakeDrafts(const Layout& layout, const Policy& policy) {
  const std::vector<Column>& columns = layout.columns;
  const std::vector<Timed> lines = TimedLines(layout);
  const std::vector<std::string> units = UnitsOf(layout);
  const bool alone = columns.size() == 1;
  std::vector<Comparability> comparable;
  for (const Column& column : columns) {
    comparable.push_back(Comparable(*columns[0].run, *column.run, policy));
  }
  std::deque<Draft> drafts;
  for (auto table = lines.begin(); table != lines.end();) {
    const auto end = std::find_if(table, lines.end(), [&](const Timed& each) {
      return each.line->table != table->line->table;
    });
    for (const std::string& unit : units) {
      for (std::size_t c = alone ? 0 : 1; c < columns.size(); ++c) {
        for (const Timed& timed : std::span(table, end)) {
          const auto& cells = timed.line->cells;
          if (!HasUnit(cells[0], unit) && !HasUnit(cells[c], unit)) continue;
          drafts.push_back(MakeDraft(timed, unit, c, columns, policy));
          if (alone) continue;
          ChooseJudge(drafts.back(), columns[c].same_code, comparable[c],
                      policy);
        }
      }
    }
    table = end;
  }
  return drafts;
}

}  // namespace opstat::compare
