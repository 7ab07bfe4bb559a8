#include "opstat/cli/machine_noise.h"

#include <algorithm>
#include <cmath>

#include "opstat/compare/layout.h"
#include "opstat/compare/tau.h"
#include "opstat/stats/binomial.h"
#include "opstat/stats/detectable.h"

namespace opstat::cli {
namespace {

// One column: its rows have roles, and nothing to be compared with.
compare::Comparison Alone(const benchfmt::Run& run) {
  return compare::Compare(compare::ColumnsByRun({&run, 1}), {});
}

void SetLimits(AlarmRate& rate, double confidence) {
  const auto limits = stats::ClopperPearson(
      static_cast<int>(rate.alarms), static_cast<int>(rate.of), confidence);
  rate.low = limits.low;
  rate.high = limits.high;
}

void CountAlarms(store::History& history, MachineNoise& noise) {
  for (const auto& comparison : history.IdenticalComparisons(noise.host)) {
    ++noise.comparisons.of;
    noise.comparisons.alarms += comparison.alarms > 0 ? 1 : 0;
    noise.rows.of += comparison.rows;
    noise.rows.alarms += comparison.alarms;
  }
  SetLimits(noise.comparisons, noise.confidence);
  SetLimits(noise.rows, noise.confidence);
}

BenchmarkNoise NoiseOf(const compare::Row& row, double alpha, double power) {
  std::vector<double> measured;
  std::ranges::copy_if(row.baseline_samples, std::back_inserter(measured),
                       [](double value) { return std::isfinite(value); });
  BenchmarkNoise noise{.benchmark = row.benchmark(),
                       .unit = row.unit,
                       .n = std::ssize(measured),
                       .cv = stats::RobustVariation(measured)};
  if (std::isfinite(noise.cv))
    noise.detectable = stats::DetectableChange(noise.cv, noise.n, alpha, power);
  return noise;
}

}  // namespace

std::map<std::string, std::string> DecidingClocks(const benchfmt::Run& run) {
  std::map<std::string, std::string> clocks;
  for (const compare::Row& row : Alone(run).rows)
    if (row.role == compare::Role::kDecides) clocks[row.benchmark()] = row.unit;
  return clocks;
}

MachineNoise NoiseOf(store::History& history, const benchfmt::Run& run) {
  MachineNoise noise;
  noise.host = run.Fact("host.name");
  CountAlarms(history, noise);
  const auto effects = history.IdenticalEffects(noise.host);
  const compare::Comparison alone = Alone(run);
  const auto m = std::ranges::count(alone.rows, compare::Role::kDecides,
                                    &compare::Row::role);
  for (const compare::Row& row : alone.rows) {
    if (row.role != compare::Role::kDecides || row.baseline_samples.empty())
      continue;
    BenchmarkNoise one =
        NoiseOf(row, noise.alpha / static_cast<double>(m), noise.power);
    if (const auto found = effects.find(row.benchmark());
        found != effects.end())
      one.effects = found->second;
    one.tau = compare::TauFromHistory(one.effects);
    noise.benchmarks.push_back(std::move(one));
  }
  return noise;
}

}  // namespace opstat::cli
