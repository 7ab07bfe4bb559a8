#include "opstat/compare/row_numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "opstat/benchfmt/unit.h"
#include "opstat/stats/summary.h"

namespace opstat::compare {
namespace {

using benchfmt::Benchmark;
using benchfmt::Measurement;

std::optional<Center> CenterOf(std::span<const double> samples) {
  if (samples.empty()) return std::nullopt;
  const stats::Summary s = stats::Summarize(samples);
  return Center{s.n, s.center, s.low, s.high, s.confidence};
}

std::optional<double> Ratio(double baseline, double contender) {
  if (baseline == contender) return 1;
  return baseline == 0 ? std::nullopt : std::optional(contender / baseline);
}

bool SometimesZero(const std::vector<double>& samples) {
  const auto zeros = std::ranges::count(samples, 0.0);
  return zeros > 0 && zeros < std::ssize(samples);
}

}  // namespace

std::span<const double> MeasuredValues(const Benchmark* benchmark,
                                       std::string_view unit,
                                       SampleStore& store) {
  const Measurement* measurement = benchmark ? benchmark->Find(unit) : nullptr;
  if (!measurement) return {};
  return store.KeepMeasured(measurement->values);
}

std::size_t CountMeasured(const Benchmark* benchmark, std::string_view unit,
                          std::size_t samples) {
  const Measurement* measurement = benchmark ? benchmark->Find(unit) : nullptr;
  if (!measurement) return 0;
  const std::span all(measurement->values);
  return std::size_t(
      std::ranges::count_if(all.first(std::min(samples, all.size())),
                            [](double value) { return !std::isnan(value); }));
}

void SortedSamples::Take(const Row& row) {
  baseline.assign(row.baseline_samples.begin(), row.baseline_samples.end());
  contender.assign(row.contender_samples.begin(), row.contender_samples.end());
  std::ranges::sort(baseline);
  std::ranges::sort(contender);
}

void FillCenters(Row& row, const SortedSamples& samples) {
  row.baseline = CenterOf(samples.baseline);
  row.contender = CenterOf(samples.contender);
  if (!row.baseline || !row.contender) return;
  row.ratio = Ratio(row.baseline->center, row.contender->center);
  row.difference = row.contender->center - row.baseline->center;
}

NoisyNumbers FillTests(Row& row, const SortedSamples& samples, double limit,
                       int to_come) {
  constexpr double kPrintedTail = 0.025;
  constexpr double kDecisionTail = 0.05;
  const std::vector<double>& a = samples.baseline;
  const std::vector<double>& b = samples.contender;
  stats::MannWhitney test(a, b);
  stats::HodgesLehmann shift(a, b);
  NoisyNumbers numbers;
  numbers.n1 = std::ssize(a);
  numbers.n2 = std::ssize(b);
  numbers.p = test.OneSided(limit);
  numbers.to_come = to_come;
  numbers.smallest_p = stats::SmallestOneSidedP(
      a.size() + std::size_t(to_come), b.size() + std::size_t(to_come));
  const stats::OneSidedP tied = test.SmallestOneSided();
  numbers.smallest_tied_p = std::max(tied.greater, tied.less);
  numbers.ratio = shift.Interval(kDecisionTail);
  if (numbers.ratio) {
    numbers.bound = Bound(*numbers.ratio, row.higher_is_better);
  }
  numbers.tau = row.tau;
  numbers.higher_is_better = row.higher_is_better;
  numbers.sometimes_zero =
      row.role == Role::kExact && (SometimesZero(a) || SometimesZero(b));

  row.p_value = test.AsBenchstat();
  row.p_greater = numbers.p.greater;
  row.p_less = numbers.p.less;
  row.bound = numbers.bound;
  if (const auto hl = shift.Interval(kPrintedTail)) {
    row.hodges_lehmann = {hl->ratio, hl->low, hl->high, hl->confidence};
  }
  return numbers;
}

ExactSide RangeOf(const Benchmark& benchmark, std::string_view unit) {
  const std::vector<double>& values = benchmark.Find(unit)->values;
  const Measurement* iterations = benchmark.Find(benchfmt::kIterations);
  ExactSide side{.min = std::numeric_limits<double>::infinity(),
                 .max = -std::numeric_limits<double>::infinity()};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    side.min = std::min(side.min, values[i]);
    side.max = std::max(side.max, values[i]);
    const bool whole = values[i] == std::floor(values[i]);
    if (!whole && iterations && iterations->values[i] > 0) {
      side.resolution = std::max(side.resolution, 1 / iterations->values[i]);
    }
  }
  return side;
}

}  // namespace opstat::compare
