#include "opstat/compare/merge.h"

#include <algorithm>

#include "opstat/benchfmt/name.h"

namespace opstat::compare {

using benchfmt::Benchmark;
using benchfmt::Run;

namespace {

void Append(const Benchmark& benchmark, Benchmark& to) {
  const std::size_t before = to.Samples();
  const std::size_t after = before + benchmark.Samples();
  for (const benchfmt::Measurement& measurement : benchmark.measurements) {
    std::vector<double>& values = to.Add(measurement.unit).values;
    values.resize(before, benchfmt::kUnmeasured);
    values.insert(values.end(), measurement.values.begin(),
                  measurement.values.end());
  }
  for (benchfmt::Measurement& measurement : to.measurements) {
    measurement.values.resize(after, benchfmt::kUnmeasured);
  }
}

Run WithoutBenchmarks(const Run& run) {
  Run copy;
  copy.id = run.id;
  copy.time = run.time;
  copy.label = run.label;
  copy.process_samples = run.process_samples;
  copy.session = run.session;
  copy.side = run.side;
  copy.seed = run.seed;
  copy.facts = run.facts;
  return copy;
}

void KeepWhatIsEqual(const Run& run, Run& merged) {
  merged.id.clear();
  merged.time.clear();
  if (merged.label != run.label) merged.label += " + " + run.label;
  merged.process_samples &= run.process_samples;
  if (merged.session != run.session) merged.session.clear();
  if (merged.side != run.side) merged.side.clear();
  if (merged.seed != run.seed) merged.seed = 0;
  std::erase_if(merged.facts, [&](const auto& fact) {
    return run.Fact(fact.first) != fact.second;
  });
}

}  // namespace

Benchmark MergeBenchmarks(std::span<const Benchmark* const> benchmarks) {
  const auto wall = std::ranges::find_if(benchmarks, benchfmt::MeansWallTime,
                                         &Benchmark::name);
  Benchmark merged;
  merged.name = (wall == benchmarks.end() ? benchmarks.front() : *wall)->name;
  for (const Benchmark* benchmark : benchmarks) Append(*benchmark, merged);
  return merged;
}

Run MergeRuns(std::span<const Run* const> runs) {
  Run merged = WithoutBenchmarks(*runs.front());
  for (const Run* run : runs.subspan(1)) KeepWhatIsEqual(*run, merged);
  return merged;
}

}  // namespace opstat::compare
