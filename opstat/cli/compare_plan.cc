#include "opstat/cli/compare_plan.h"

#include <fmt/format.h>

#include "opstat/cli/measure_options.h"
#include "opstat/cli/plural.h"
#include "opstat/cli/progress.h"
#include "opstat/compare/tau.h"
#include "opstat/measure/host.h"

namespace opstat::cli {
namespace {

constexpr double kSmallest = 1e-9;

}  // namespace

double AlphaOf(const Arguments& arguments) {
  return arguments.Number("alpha", kSmallest, 0.5);
}

double MustSeeOf(const Arguments& arguments) {
  return arguments.Number("must-see", kSmallest, 100);
}

std::optional<double> BudgetOf(const Arguments& arguments) {
  if (!arguments.Has("budget")) return std::nullopt;
  return ParseDuration("budget", arguments.Text("budget"));
}

ComparePlan PlanOf(const Arguments& begun, const Arguments& now) {
  ComparePlan plan;
  plan.rounds = RoundsOf(begun);
  plan.quick = begun.Has("quick");
  plan.budget = BudgetOf(now);
  constexpr int kMostRounds = 10'000;
  if (now.Has("more"))
    plan.more = static_cast<int>(now.Integer("more", 1, kMostRounds));
  return plan;
}

Judgement JudgementOf(const Arguments& begun, const Arguments& now) {
  Judgement judgement;
  compare::Policy& policy = judgement.policy;
  policy.alpha = AlphaOf(begun);
  policy.must_see = MustSeeOf(begun);
  policy.cannot_tell_passes = now.Choice("cannot-tell") == "pass";
  return judgement;
}

Judgement JudgementOf(const Arguments& begun, const Arguments& now,
                      store::History& history) {
  Judgement judgement = JudgementOf(begun, now);
  const std::string host = measure::HostFacts()["host.name"];
  for (const auto& [benchmark, effects] : history.IdenticalEffects(host))
    if (const auto tau = compare::TauFromHistory(effects);
        tau.origin != compare::Tau{}.origin)
      judgement.policy.taus[benchmark] = tau;
  return judgement;
}

std::string DescribeBenchmark(const ComparePlan& plan,
                              const Arguments& arguments) {
  const measure::SessionOptions options = SessionOptionsOf(arguments);
  const int processes = 2 * ((plan.rounds + 1) / 2 * 2 + 1);
  return fmt::format(
      "measure  {} processes a benchmark, about {}; how many there are is "
      "known when they are built\n",
      processes,
      Duration(measure::PlannedSeconds(processes, options.min_time)));
}

std::string Describe(const ComparePlan& plan, const measure::Session& session) {
  const measure::SessionOptions& options = session.options();
  const auto planned = [&](int rounds) {
    const int processes = session.Processes({.rounds = rounds});
    return fmt::format(
        "{} processes, about {}", processes,
        Duration(measure::PlannedSeconds(processes, options.min_time)));
  };
  std::string text =
      fmt::format("{}, {} rounds and a warm-up: {}",
                  CountOf(session.benchmarks().size(), "benchmark"),
                  (plan.rounds + 1) / 2 * 2, planned(plan.rounds));
  if (!plan.quick)
    text += fmt::format("; then {} rounds of what needs them, at most {}",
                        2 * plan.rounds, planned(2 * plan.rounds));
  if (plan.budget)
    text += fmt::format("; no longer than {}", Duration(*plan.budget));
  return text + fmt::format("; seed {}\n", options.seed);
}

}  // namespace opstat::cli
