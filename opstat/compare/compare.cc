#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "opstat/compare/comparability.h"
#include "opstat/compare/comparison.h"
#include "opstat/compare/correction.h"
#include "opstat/compare/decision.h"
#include "opstat/compare/draft.h"
#include "opstat/compare/gate.h"
#include "opstat/compare/geomean_rows.h"
#include "opstat/compare/row_numbers.h"
#include "opstat/compare/self_check.h"
#include "opstat/compare/stage.h"
#include "opstat/compare/warnings.h"

namespace opstat::compare {
namespace {

using benchfmt::Run;

// Exact counts are tested only where a side varies and the rows are judged.
bool IsTested(const Row& row, const Draft& draft) {
  if (draft.judge == Judge::kExactRule) return false;
  if (!row.baseline || !row.contender) return false;
  return draft.judge == Judge::kNoisyRule || row.role != Role::kExact;
}

// A side alone, of one file or a lost benchmark. An exact count that varies
// says that it does.
void WarnOfFew(Row& row) {
  if ((row.baseline && row.contender) || row.role == Role::kExact) return;
  if (std::string few = IntervalWarning(row); !few.empty()) {
    row.warnings.push_back(std::move(few));
  }
}

// Of rows that nobody judges too: their numbers are shown.
NoisyNumbers Test(Row& row, const Draft& draft, const SortedSamples& samples,
                  const Policy& policy, int m) {
  const int to_come = draft.stage == Stage::kScreen ? policy.confirm_rounds : 0;
  const bool judged = draft.judge == Judge::kNoisyRule;
  const double limit = judged ? policy.alpha / m : policy.alpha;
  NoisyNumbers numbers = FillTests(row, samples, limit, to_come);
  std::ranges::move(BenchstatWarnings(row), std::back_inserter(row.warnings));
  return numbers;
}

void JudgeNoisy(Row& row, const Draft& draft, const NoisyNumbers& numbers) {
  row.alpha_row = numbers.alpha_row;
  row.stage = draft.stage;
  if (draft.stage != Stage::kOneShot) {
    row.screen_p = ScreenP(row, draft);
  }
  Decision decision = DecideNoisy(numbers);
  row.verdict = decision.verdict;
  row.rule = std::move(decision.rule);
  row.cannot_tell = decision.cannot_tell;
  row.wants_rounds = decision.wants_rounds;
  if (row.role == Role::kExact) row.warnings.push_back(VaryingWarning(row));
  std::ranges::move(DriftWarnings(row), std::back_inserter(row.warnings));
}

void JudgeAll(std::vector<Row>& rows, std::span<const Draft> drafts,
              const Policy& policy, int m) {
  std::vector<NoisyNumbers> judged;
  judged.reserve(std::size_t(m));
  SortedSamples samples;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    samples.Take(rows[i]);
    FillCenters(rows[i], samples);
    WarnOfFew(rows[i]);
    if (!IsTested(rows[i], drafts[i])) continue;
    NoisyNumbers numbers = Test(rows[i], drafts[i], samples, policy, m);
    if (drafts[i].judge == Judge::kNoisyRule) {
      judged.push_back(std::move(numbers));
    }
  }
  ShareAlpha(policy, judged);
  auto numbers = judged.cbegin();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (drafts[i].judge != Judge::kNoisyRule) continue;
    JudgeNoisy(rows[i], drafts[i], *numbers++);
  }
}

std::map<std::string, std::string> CommonFacts(
    const std::vector<Column>& columns) {
  std::map<std::string, std::string> common = columns[0].run->facts;
  std::erase_if(common, [&](const auto& fact) {
    return std::ranges::any_of(columns, [&](const Column& column) {
      return column.run->Fact(fact.first) != fact.second;
    });
  });
  return common;
}

Comparison::Side SideOf(const Column& column) {
  return {.label = column.label,
          .commit = std::string(column.run->Fact("commit.hash")),
          .run = column.run->id,
          .heading = column.heading};
}

void Describe(const std::vector<Column>& columns, Comparison& result) {
  const Run& baseline = *columns[0].run;
  result.baseline = SideOf(columns[0]);
  for (std::size_t c = 1; c < columns.size(); ++c) {
    result.contenders.push_back(SideOf(columns[c]));
  }
  const auto all = [&](auto&& holds) {
    return std::ranges::all_of(
        columns, [&](const Column& column) { return holds(*column.run); });
  };
  result.interleaved =
      all([&](const Run& run) { return Interleaved(baseline, run); });
  if (all([&](const Run& run) { return run.session == baseline.session; })) {
    result.session = baseline.session;
  }
  if (all([&](const Run& run) { return run.seed == baseline.seed; })) {
    result.seed = baseline.seed;
  }
  result.environment = CommonFacts(columns);
}

void Warn(const Layout& layout, Comparison& result) {
  std::vector<std::string>& warnings = result.warnings;
  warnings = layout.warnings;
  for (const Column& column : layout.columns) {
    const Run& baseline = *layout.columns[0].run;
    if (const auto host = HostDifference(baseline, *column.run);
        !host.empty()) {
      warnings.push_back(fmt::format("{} and {} come of different hosts: {}",
                                     layout.columns[0].label, column.label,
                                     host));
    }
    if (column.run->process_samples) continue;
    std::string warning = fmt::format(
        "{} counts as one process: its repetitions are {}", column.run->label,
        result.policy.assume_independent
            ? "taken as independent"
            : "not independent samples and times get no verdict (measure with "
              "`opstat run`, or pass --assume-independent)");
    if (std::ranges::count(warnings, warning) == 0) {
      warnings.push_back(std::move(warning));
    }
  }
  const SelfCheck& check = result.self_check;
  if (check.Fires()) {
    warnings.push_back(fmt::format(
        "self-check fired: {} of {} comparisons of a side with itself differ "
        "(limit {}); only exact findings count",
        check.fired, check.tests, check.limit));
  }
}

// Whether nothing at all was measured in the units that the rule names.
bool LacksUnits(const Rule& rule, const std::vector<Row>& rows) {
  return !rule.units.empty() &&
         std::ranges::count(rule.units, kDecidingClockWord) == 0 &&
         std::ranges::none_of(rows, [&](const Row& row) {
           return std::ranges::count(rule.units, row.unit) > 0;
         });
}

// A rule that matches nothing would never fire, and look like one that does.
void WarnOfIdleRules(Comparison& result) {
  std::vector<bool> matched(result.policy.rules.size());
  for (const Row& row : result.rows) {
    for (const std::size_t rule : row.limits->rules) matched[rule] = true;
  }
  for (std::size_t i = 0; i < matched.size(); ++i) {
    if (matched[i]) continue;
    const Rule& rule = result.policy.rules[i];
    result.warnings.push_back(
        fmt::format("{}: the rule matches no row here{}", rule.origin,
                    LacksUnits(rule, result.rows)
                        ? fmt::format(": nothing was measured in {}",
                                      fmt::join(rule.units, ", "))
                        : ""));
  }
}

}  // namespace

Comparison Compare(const Layout& layout, const Policy& policy) {
  assert(!layout.columns.empty());
  return CompareDrafts(MakeDrafts(layout, policy), layout, policy);
}

Comparison CompareDrafts(Drafts made, const Layout& layout,
                         const Policy& policy) {
  Comparison result;
  result.tables = layout.tables;
  result.policy = policy;
  auto [rows, drafts, samples] = std::move(made);
  result.m = int(std::ranges::count(drafts, Judge::kNoisyRule, &Draft::judge));
  JudgeAll(rows, drafts, policy, result.m);
  result.rows = std::move(rows);
  result.samples = std::move(samples);
  result.self_check = CheckHalves(result.rows);
  result.geomean = GeomeanRows(result.rows, layout.columns.size() == 1);
  Describe(layout.columns, result);
  Warn(layout, result);
  WarnOfIdleRules(result);
  ApplyGate(result);
  return result;
}

}  // namespace opstat::compare
