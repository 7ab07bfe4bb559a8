#include "opstat/measure/counted_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::measure {
namespace {

constexpr const char* kDifferenceMethod =
    "difference of two processes, paused regions included";

void SayWhetherTimed(benchfmt::Run& sample) {
  const std::string_view sanitizer = sample.Fact("build.sanitizer");
  if (sanitizer.empty()) return;
  sample.warnings.push_back(fmt::format(
      "sec/op is not valid: built with a sanitizer ({})", sanitizer));
}

}  // namespace

CountedProgram::CountedProgram(const Program& program, AllocMode mode)
    : program_(program),
      mode_(mode),
      counting_(mode == AllocMode::kOff ? Counting{Counting::How::kNot, program}
                                        : FindOutCounting(program)) {}

benchfmt::Run CountedProgram::Measure(const std::string& benchmark,
                                      SampleOptions options) {
  options.twice = called_once_.contains(benchmark);
  benchfmt::Run sample = MeasureOnce(Timed(), benchmark, options).run;
  if (!options.twice && WasCalledOnce(*sample.Find(benchmark))) {
    called_once_.insert(benchmark);
    options.twice = true;
    sample = MeasureOnce(Timed(), benchmark, options).run;
  }
  options.twice = false;
  AddDifference(benchmark, options, sample);
  SayWhetherCounted(benchmark, sample);
  SayWhetherTimed(sample);
  return sample;
}

void CountedProgram::AddPeak(const std::string& benchmark,
                             SampleOptions options,
                             benchfmt::Run& sample) const {
  if (mode_ == AllocMode::kOff || counting_.how != Counting::How::kInLoop)
    return;
  constexpr double kShort = 0.01;
  options.min_time = std::min(kShort, options.min_time);
  Program observed = counting_.program;
  observed.environment.emplace_back("OPSTAT_PASS", "peak");
  const benchfmt::Run run = MeasureOnce(observed, benchmark, options).run;
  if (const auto* peak = run.Find(benchmark)->Find(benchfmt::kPeakBytes))
    sample.benchmarks.front().Add(benchfmt::kPeakBytes).values = {
        peak->values.front()};
}

// What was not counted reads "unmeasured", and why is said once.
void CountedProgram::SayWhetherCounted(const std::string& name,
                                       benchfmt::Run& sample) const {
  benchfmt::Benchmark& benchmark = sample.benchmarks.front();
  const bool counted = benchmark.Find(benchfmt::kAllocs) != nullptr;
  if (mode_ == AllocMode::kOff) {
    if (counted)
      sample.warnings.push_back(fmt::format(
          "{} is linked with opstat::harness and counts allocations all the "
          "same",
          program_.argv[0]));
    return;
  }
  if (counted) return;
  const std::string why = WhyUnmeasured(name, sample);
  if (mode_ == AllocMode::kOn)
    throw Error(
        Failure::kCannotMeasure,
        fmt::format("{}: its allocations are not counted: {}", name, why));
  sample.warnings.push_back("B/op and allocs/op are unmeasured: " + why);
  for (std::string_view unit : {benchfmt::kBytes, benchfmt::kAllocs})
    benchmark.Add(unit).values.assign(1, benchfmt::kUnmeasured);
}

std::string CountedProgram::WhyUnmeasured(const std::string& name,
                                          const benchfmt::Run& sample) const {
  constexpr std::string_view kPrefix = "unmeasured: ";
  if (const std::string_view said = sample.Fact("alloc");
      said.starts_with(kPrefix))
    return std::string(said.substr(kPrefix.size()));
  if (const auto found = no_difference_.find(name);
      found != no_difference_.end())
    return found->second;
  return fmt::format("{} {}", program_.argv[0], counting_.why_not);
}

// A program whose processes alone can be asked is timed without the shim.
const Program& CountedProgram::Timed() const {
  return counting_.how == Counting::How::kByDifference ? program_
                                                       : counting_.program;
}

void CountedProgram::AddDifference(const std::string& name,
                                   const SampleOptions& options,
                                   benchfmt::Run& sample) {
  if (counting_.how != Counting::How::kByDifference ||
      no_difference_.contains(name))
    return;
  benchfmt::Benchmark& benchmark = sample.benchmarks.front();
  if (benchmark.Find(benchfmt::kAllocs) != nullptr) return;
  const auto* iterations = benchmark.Find(benchfmt::kIterations);
  try {
    const DifferencePerOp counted =
        CountByDifference(counting_.program, name,
                          iterations ? iterations->values[0] : 1, options);
    benchmark.Add(benchfmt::kBytes).values = {counted.bytes};
    benchmark.Add(benchfmt::kAllocs).values = {counted.allocs};
    benchmark.Add(benchfmt::kFrees).values = {counted.frees};
  } catch (const Error& error) {
    no_difference_[name] = fmt::format(
        "{} has no shared libbenchmark, and two processes with fixed "
        "iterations gave no difference: {}",
        program_.argv[0], error.what());
    return;
  }
  sample.facts["alloc.method"] = kDifferenceMethod;
  sample.warnings.push_back(fmt::format(
      "{} has no shared libbenchmark: its B/op and allocs/op are the "
      "difference of two processes and include paused regions",
      program_.argv[0]));
}

}  // namespace opstat::measure
