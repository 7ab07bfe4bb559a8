#include "opstat/cli/comparing.h"

#include <algorithm>

#include "opstat/compare/confirm.h"

namespace opstat::cli {

using measure::StageEnd;
using Kind = SpooledStage::Kind;

Comparing::Comparing(measure::Session& session, Spool& spool,
                     Judgement judgement, const ComparePlan& plan,
                     StageSink tell)
    : session_(session),
      spool_(spool),
      judgement_(std::move(judgement)),
      plan_(plan),
      tell_(std::move(tell)) {
  compare::Policy& policy = judgement_.policy;
  policy.mode =
      plan.quick ? compare::Mode::kOneShot : compare::Mode::kScreenConfirm;
  policy.confirm_rounds = 2 * plan.rounds;
}

std::vector<benchfmt::Run> Comparing::Runs() const { return session_.Runs(); }

StageEnd Comparing::Run() {
  StageEnd end = Replay();
  while (end == StageEnd::kDone) {
    const auto next = Next();
    if (!next) break;
    end = Begin(*next);
  }
  return end;
}

StageEnd Comparing::Replay() {
  const std::vector<SpooledStage> begun = spool_.stages();
  for (const SpooledStage& stage : begun) {
    const StageEnd end = RunStage(stage);
    if (end != StageEnd::kDone) return end;
  }
  return StageEnd::kDone;
}

StageEnd Comparing::Begin(const SpooledStage& stage) {
  spool_.Begin(stage);
  return RunStage(stage);
}

StageEnd Comparing::RunStage(const SpooledStage& stage) {
  compare::Policy& policy = judgement_.policy;
  measure::Stage timed = stage.stage;
  timed.seconds = SecondsLeft();
  tell_(stage);
  const StageEnd end = session_.Measure(timed);
  if (end == StageEnd::kOutOfTime) spool_.EndedAfter(session_.rounds());
  if (stage.kind == Kind::kScreen) policy.screen_rounds = session_.rounds();
  confirmed_ |= stage.kind == Kind::kConfirm;
  judgement_.looks += stage.kind == Kind::kMore;
  return end;
}

// What the samples so far ask for; nothing: they are to be judged.
std::optional<SpooledStage> Comparing::Next() {
  if (spool_.stages().empty())
    return SpooledStage{Kind::kScreen, {.rounds = plan_.rounds}};
  const auto chosen = [](Kind kind, int rounds, auto benchmarks) {
    return benchmarks.empty()
               ? std::nullopt
               : std::optional(SpooledStage{
                     kind, {.rounds = rounds, .benchmarks = benchmarks}});
  };
  if (!plan_.quick && !confirmed_) {
    confirmed_ = true;
    auto stage =
        chosen(Kind::kConfirm, 2 * plan_.rounds,
               compare::BenchmarksToConfirm(judgement_.Compare(Runs())));
    if (stage) return stage;
  }
  if (plan_.more == 0 || gave_more_) return std::nullopt;
  gave_more_ = true;
  return chosen(Kind::kMore, plan_.more,
                UndecidedBenchmarks(judgement_.Compare(Runs())));
}

std::optional<double> Comparing::SecondsLeft() const {
  if (!plan_.budget) return std::nullopt;
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start_;
  return std::max(0.0, *plan_.budget - elapsed.count());
}

std::vector<std::string> UndecidedBenchmarks(
    const compare::Comparison& comparison) {
  std::vector<std::string> names;
  for (const compare::Row& row : comparison.rows)
    if (row.alpha_row && row.verdict == compare::Verdict::kUndecided &&
        std::ranges::count(names, row.benchmark()) == 0)
      names.push_back(row.benchmark());
  return names;
}

}  // namespace opstat::cli
