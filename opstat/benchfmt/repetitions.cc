#include "opstat/benchfmt/repetitions.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <numeric>

namespace opstat::benchfmt {
namespace {

double MedianOfMeasured(std::span<const double> values) {
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted),
                       [](double value) { return !std::isnan(value); });
  if (sorted.empty()) return kUnmeasured;
  std::ranges::sort(sorted);
  const std::size_t half = sorted.size() / 2;
  if (sorted.size() % 2 == 1) return sorted[half];
  return std::midpoint(sorted[half - 1], sorted[half]);
}

}  // namespace

Benchmark MergeRepetitions(const Benchmark& benchmark,
                           std::span<const std::int64_t> process) {
  assert(process.size() == benchmark.Samples());
  Benchmark merged{benchmark.name, {}};
  for (const Measurement& measurement : benchmark.measurements) {
    const std::span<const double> values = measurement.values;
    Measurement& out = merged.measurements.emplace_back();
    out.unit = measurement.unit;
    for (std::size_t begin = 0, end; begin < process.size(); begin = end) {
      end = begin + 1;
      while (end < process.size() && process[end] == process[begin]) ++end;
      out.values.push_back(
          MedianOfMeasured(values.subspan(begin, end - begin)));
    }
  }
  return merged;
}

void MergeIntoOneSample(Run* run) {
  for (Benchmark& benchmark : run->benchmarks) {
    const std::vector<std::int64_t> one_process(benchmark.Samples(), 0);
    benchmark = MergeRepetitions(benchmark, one_process);
  }
}

}  // namespace opstat::benchfmt
