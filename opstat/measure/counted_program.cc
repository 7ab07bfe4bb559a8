#include "opstat/measure/counted_program.h"

#include <fmt/format.h>

#include <string_view>

#include "opstat/benchfmt/error.h"
#include "opstat/benchfmt/unit.h"

namespace opstat::measure {

CountedProgram::CountedProgram(const Program& program, AllocMode mode)
    : mode_(mode),
      counting_(mode == AllocMode::kOff ? Counting{program, ""}
                                        : WithCounting(program)) {}

benchfmt::Run CountedProgram::Measure(const std::string& benchmark,
                                      const SampleOptions& options) const {
  benchfmt::Run sample = MeasureOnce(counting_.program, benchmark, options);
  SayWhetherCounted(benchmark, sample);
  return sample;
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
          counting_.program.argv[0]));
    return;
  }
  if (counted) return;
  const std::string why = WhyUnmeasured(sample);
  if (mode_ == AllocMode::kOn)
    throw Error(
        Failure::kCannotMeasure,
        fmt::format("{}: its allocations are not counted: {}", name, why));
  sample.warnings.push_back("B/op and allocs/op are unmeasured: " + why);
  for (std::string_view unit : {benchfmt::kBytes, benchfmt::kAllocs})
    benchmark.Add(unit).values.assign(1, benchfmt::kUnmeasured);
}

std::string CountedProgram::WhyUnmeasured(const benchfmt::Run& sample) const {
  constexpr std::string_view kPrefix = "unmeasured: ";
  if (const std::string_view said = sample.Fact("alloc");
      said.starts_with(kPrefix))
    return std::string(said.substr(kPrefix.size()));
  return fmt::format("{} {}", counting_.program.argv[0], counting_.unmeasured);
}

}  // namespace opstat::measure
