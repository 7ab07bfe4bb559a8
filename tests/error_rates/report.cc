#include "tests/error_rates/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "opstat/stats/binomial.h"

namespace opstat::error_rates {
namespace {

// The model's spread over its mean, by many draws of 20 samples.
double CoefficientOfVariation(const NoiseModel& noise) {
  constexpr int kSamples = 20;
  constexpr int kDraws = 2000;
  Random random(1);
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    for (const double x : noise.draw(random, kSamples)) {
      sum += x;
      squares += x * x;
    }
  }
  const double mean = sum / (kSamples * kDraws);
  return std::sqrt(squares / (kSamples * kDraws) - mean * mean) / mean;
}

std::string SameTable(const std::vector<Cell>& cells) {
  std::string text =
      "| noise | n | a false regression | a false improvement | rows measured "
      "again | bound > 10%: screened rows | rows in the end | suites that "
      "cannot tell | self-check fires |\n|---|---|---|---|---|---|---|---|---|"
      "\n";
  for (const Cell& cell : cells) {
    const Rates& r = cell.same;
    text += fmt::format(
        "| {} | {} | {} | {} | {:.1f}% | {:.2f}% | {:.3f}% | {} | {} |\n",
        cell.noise.name, cell.rounds, Percent(r.regression),
        Percent(r.improvement), 100 * r.rerun_rows.Rate(),
        100 * r.wide_at_screen.Rate(), 100 * r.wide.Rate(),
        Percent(r.cannot_tell), Percent(r.self_check));
  }
  return text;
}

std::string SlowerTable(const std::vector<Cell>& cells) {
  std::string text =
      "| noise | n | 2% slower is seen | 5% slower is seen | self-check sees "
      "3% by place |\n|---|---|---|---|---|\n";
  for (const Cell& cell : cells) {
    text += fmt::format("| {} | {} | {} | {} | {} |\n", cell.noise.name,
                        cell.rounds, Percent(cell.slower2.slower_rows),
                        Percent(cell.slower5.slower_rows),
                        Percent(cell.by_place.self_check));
  }
  return text;
}

}  // namespace

std::string Percent(const Count& count) {
  constexpr double kConfidence = 0.95;
  const auto interval =
      stats::ClopperPearson(count.hits, count.trials, kConfidence);
  return fmt::format("{:.2f}% ({:.2f}-{:.2f})", 100 * count.Rate(),
                     100 * interval.low, 100 * interval.high);
}

std::vector<Cell> MeasureCells(const Settings& settings,
                               const std::function<void(const Cell&)>& tell) {
  constexpr int kFewer = 20;
  const int few = std::max(1, settings.suites / kFewer);
  std::vector<Cell> cells;
  std::uint64_t seed = settings.seed;
  for (const NoiseModel& noise : NoiseModels()) {
    for (const int rounds : settings.rounds) {
      Cell cell{.noise = noise, .rounds = rounds};
      tell(cell);
      const auto measure = [&](double shift, double outer_places, int suites) {
        const Experiment experiment{noise, rounds, shift, outer_places};
        seed = Random(seed).Bits();
        return Measure(experiment, suites, seed, settings.threads);
      };
      cell.same = measure(1, 1, settings.suites);
      cell.slower2 = measure(1.02, 1, few);
      cell.slower5 = measure(1.05, 1, few);
      cell.by_place = measure(1, 1.03, few);
      cells.push_back(cell);
    }
  }
  return cells;
}

std::string Markdown(const Settings& settings, const std::vector<Cell>& cells) {
  std::string text = fmt::format(
      "{} suites of {} identical benchmarks a row, seed {}; in brackets the "
      "95% interval.\n\n{}\n{} suites of {} a cell:\n\n{}\nThe noise:\n\n",
      settings.suites, kBenchmarks, settings.seed, SameTable(cells),
      cells.front().slower5.regression.trials, kBenchmarks, SlowerTable(cells));
  for (const NoiseModel& noise : NoiseModels()) {
    text +=
        fmt::format("- {}: {}; coefficient of variation {:.1f}%\n", noise.name,
                    noise.what, 100 * CoefficientOfVariation(noise));
  }
  return text;
}

std::vector<std::string> MissedGoals(const std::vector<Cell>& cells) {
  constexpr double kFalseAlarms = 0.015;
  constexpr double kSeen = 0.9;
  constexpr double kSteady = 0.0305;  // 3% as drawn
  std::vector<std::string> missed;
  const auto require = [&](bool met, const Cell& cell, const char* what,
                           const Count& count) {
    if (met) return;
    missed.push_back(fmt::format("{}, n = {}: {} {}", cell.noise.name,
                                 cell.rounds, what, Percent(count)));
  };
  for (const Cell& cell : cells) {
    for (const Count& alarms : {cell.same.regression, cell.same.improvement}) {
      require(alarms.Rate() <= kFalseAlarms, cell, "false alarms", alarms);
    }
    if (cell.rounds != 10 || CoefficientOfVariation(cell.noise) > kSteady) {
      continue;
    }
    const Count& seen = cell.slower5.slower_rows;
    require(seen.Rate() >= kSeen, cell, "5% slower is seen", seen);
  }
  return missed;
}

}  // namespace opstat::error_rates
