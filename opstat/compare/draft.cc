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
  if (row.role != Role::kDecides || policy.taus.empty()) return policy.tau;
  const auto found = policy.taus.find(row.benchmark());
  return found == policy.taus.end() ? policy.tau : found->second;
}

bool HigherIsBetter(const Row& row, const Policy& policy) {
  if (row.limits->better) return *row.limits->better == Better::kHigher;
  const auto judged = policy.judged.find(row.unit);
  return judged == policy.judged.end() ? benchfmt::HigherIsBetter(row.unit)
                                       : judged->second == Better::kHigher;
}

// A worsening that is allowed need not be seen.
double MustSee(const Row& row, const Policy& policy) {
  return std::max(row.limits->must_see.value_or(policy.must_see),
                  row.limits->threshold.relative);
}

// Of the baseline, where it has the benchmark: a change does not choose rules.
std::shared_ptr<const Limits> LimitsOf(const Row& row, const Draft& draft,
                                       const std::vector<Column>& columns,
                                       std::size_t column,
                                       const Policy& policy) {
  if (policy.rules.empty()) return NoLimits();
  const Benchmark* known = draft.baseline ? draft.baseline : draft.contender;
  return std::make_shared<const Limits>(
      LimitsOf(policy.rules, {.run = *columns[draft.baseline ? 0 : column].run,
                              .benchmark = *known,
                              .unit = row.unit,
                              .decides = row.role == Role::kDecides}));
}

class Drafter {
 public:
  Drafter(const Layout& layout, const Policy& policy)
      : layout_(layout), policy_(policy), lines_(TimedLines(layout)) {
    for (const Column& column : layout.columns) {
      comparable_.push_back(
          Comparable(*layout.columns[0].run, *column.run, policy));
    }
  }

  Drafts Make() &&;

 private:
  std::size_t MostRows() const;
  // The rows of one table, unit and column; the baseline's alone: its own.
  void Add(std::span<const Timed> table, const std::string& unit,
           std::size_t column);
  void Add(const Timed& timed, const std::string& unit, std::size_t column);

  const Layout& layout_;
  const Policy& policy_;
  std::vector<Timed> lines_;
  std::vector<Comparability> comparable_;
  Drafts drafts_;
};

Drafts Drafter::Make() && {
  const std::vector<std::string> units = UnitsOf(layout_);
  const std::size_t columns = layout_.columns.size();
  drafts_.rows.reserve(MostRows());
  drafts_.drafts.reserve(MostRows());
  for (auto table = lines_.begin(); table != lines_.end();) {
    const auto end = std::find_if(table, lines_.end(), [&](const Timed& each) {
      return each.line->table != table->line->table;
    });
    for (const std::string& unit : units) {
      for (std::size_t c = columns == 1 ? 0 : 1; c < columns; ++c) {
        Add(std::span(table, end), unit, c);
      }
    }
    table = end;
  }
  return std::move(drafts_);
}

// Memory that is reserved and not used costs nothing; rows that move do.
std::size_t Drafter::MostRows() const {
  std::size_t most = 0;
  const auto units = [](const Benchmark* cell) {
    return cell ? cell->measurements.size() : 0;
  };
  for (const Line& line : layout_.lines) {
    for (const Benchmark* cell : line.cells) {
      most += units(line.cells[0]) + units(cell);
    }
  }
  return most;
}

void Drafter::Add(std::span<const Timed> table, const std::string& unit,
                  std::size_t column) {
  for (const Timed& timed : table) {
    const auto& cells = timed.line->cells;
    if (!HasUnit(cells[0], unit) && !HasUnit(cells[column], unit)) continue;
    Add(timed, unit, column);
  }
}

void Drafter::Add(const Timed& timed, const std::string& unit,
                  std::size_t column) {
  const Line& line = *timed.line;
  Draft& draft = drafts_.drafts.emplace_back();
  draft.baseline = line.cells[0];
  if (column > 0) draft.contender = line.cells[column];
  Row& row = drafts_.rows.emplace_back();
  row.table = line.table;
  row.subject = line.subject;
  row.warnings = line.warnings;
  row.unit = unit;
  row.role = RoleOf(unit, timed.clock);
  if (unit == benchfmt::kWallTime || unit == benchfmt::kCpuTime) {
    row.decided_by = timed.clock;
  }
  row.limits = LimitsOf(row, draft, layout_.columns, column, policy_);
  row.must_see = MustSee(row, policy_);
  row.higher_is_better = HigherIsBetter(row, policy_);
  row.contender_index = int(column) - 1;
  row.sides = !draft.contender  ? Sides::kBaseOnly
              : !draft.baseline ? Sides::kHeadOnly
                                : Sides::kBoth;
  row.tau = TauOf(row, policy_);
  row.baseline_samples = MeasuredValues(draft.baseline, unit, *drafts_.samples);
  row.contender_samples =
      MeasuredValues(draft.contender, unit, *drafts_.samples);
  ChooseStage(row, draft, policy_);
  if (layout_.columns.size() == 1) return;
  ChooseJudge(row, draft, layout_.columns[column].same_code,
              comparable_[column], policy_);
}

}  // namespace

Drafts MakeDrafts(const Layout& layout, const Policy& policy) {
  return Drafter(layout, policy).Make();
}

}  // namespace opstat::compare
