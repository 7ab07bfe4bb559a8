// opstat's own hot paths, measured by itself: reading samples, the exact test,
// the decision, rendering. Input is made here, the same each time, so that
// allocations are exact.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "opstat/benchfmt/reader.h"
#include "opstat/benchfmt/run.h"
#include "opstat/benchfmt/unit.h"
#include "opstat/benchfmt/writer.h"
#include "opstat/cli/render.h"
#include "opstat/compare/comparison.h"
#include "opstat/stats/mann_whitney.h"

namespace opstat {
namespace {

constexpr int kBenchmarks = 8;
constexpr int kSamples = 10;

// Times near one microsecond without a tie.
std::vector<double> Times(double factor, int samples = kSamples) {
  std::vector<double> times;
  for (int i = 0; i < samples; ++i)
    times.push_back(1e-6 * factor * (1 + 0.001 * ((i * 37) % 101)));
  return times;
}

benchfmt::Run SampleRun(const std::string& label, double factor) {
  benchfmt::Run run;
  run.id = std::string(32, label[0]);
  run.label = label;
  run.process_samples = true;
  run.session = "session";
  for (int i = 0; i < kBenchmarks; ++i) {
    benchfmt::Benchmark& benchmark = run.benchmarks.emplace_back();
    benchmark.name = "Parse/size:" + std::to_string(i);
    benchmark.Add(benchfmt::kIterations).values.assign(kSamples, 1000);
    benchmark.Add(benchfmt::kWallTime).values = Times(factor);
    benchmark.Add(benchfmt::kCpuTime).values = Times(factor);
    benchmark.Add(benchfmt::kAllocs).values.assign(kSamples, 3);
    benchmark.Add(benchfmt::kBytes).values.assign(kSamples, 192);
  }
  return run;
}

std::vector<benchfmt::Run> TwoRuns() {
  return {SampleRun("base", 1), SampleRun("head", 1.02)};
}

void ReadGoogleBenchmark(benchmark::State& state) {
  const std::string file = benchfmt::WriteGoogleBenchmark(SampleRun("base", 1));
  for (auto _ : state)
    benchmark::DoNotOptimize(benchfmt::ReadRun(file, "file"));
}
BENCHMARK(ReadGoogleBenchmark)->Name("Read/format:gbench");

void WriteGoogleBenchmark(benchmark::State& state) {
  const benchfmt::Run run = SampleRun("base", 1);
  for (auto _ : state)
    benchmark::DoNotOptimize(benchfmt::WriteGoogleBenchmark(run));
}
BENCHMARK(WriteGoogleBenchmark)->Name("Write/format:gbench");

void ExactU(benchmark::State& state) {
  const auto n = static_cast<int>(state.range(0));
  const std::vector<double> a = Times(1, n), b = Times(1.01, n);
  for (auto _ : state)
    benchmark::DoNotOptimize(stats::MannWhitneyOneSided(a, b, 1e-4));
}
BENCHMARK(ExactU)->Name("ExactU/n")->Arg(10)->Arg(30);

void Compare(benchmark::State& state) {
  const std::vector<benchfmt::Run> runs = TwoRuns();
  for (auto _ : state)
    benchmark::DoNotOptimize(compare::Compare(compare::ColumnsByRun(runs), {}));
}
BENCHMARK(Compare)->Name("Compare/benchmarks:8");

void Render(benchmark::State& state, const char* format) {
  const std::vector<benchfmt::Run> runs = TwoRuns();
  const compare::Comparison comparison =
      compare::Compare(compare::ColumnsByRun(runs), {});
  for (auto _ : state)
    benchmark::DoNotOptimize(cli::Render(comparison, format, {}));
}
BENCHMARK_CAPTURE(Render, format : text, "text");
BENCHMARK_CAPTURE(Render, format : json, "json");
BENCHMARK_CAPTURE(Render, format : markdown, "markdown");

}  // namespace
}  // namespace opstat
