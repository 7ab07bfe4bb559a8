#include "opstat/measure/side_run.h"

#include <algorithm>

#include "opstat/benchfmt/reader.h"

namespace opstat::measure {

SideRun::SideRun(const std::vector<std::string>& benchmarks) {
  for (const std::string& name : benchmarks)
    run_.benchmarks.push_back({.name = name, .measurements = {}});
}

void SideRun::Keep(int benchmark, const benchfmt::Run& sample) {
  benchfmt::Benchmark& kept =
      run_.benchmarks[static_cast<std::size_t>(benchmark)];
  const benchfmt::Benchmark& measured = *sample.Find(kept.name);
  const std::size_t before = kept.Samples();
  for (const benchfmt::Measurement& unit : measured.measurements)
    kept.Add(unit.unit);
  for (benchfmt::Measurement& unit : kept.measurements) {
    unit.values.resize(before, benchfmt::kUnmeasured);
    const benchfmt::Measurement* found = measured.Find(unit.unit);
    unit.values.push_back(found ? found->values.front()
                                : benchfmt::kUnmeasured);
  }
  for (const std::string& warning : sample.warnings)
    if (warning != benchfmt::kRepetitionsWarning &&
        std::ranges::count(run_.warnings, warning) == 0)
      run_.warnings.push_back(warning);
  run_.facts.insert(sample.facts.begin(), sample.facts.end());
  run_.schedule.back().push_back(benchmark);
}

benchfmt::Run SideRun::Result() const {
  benchfmt::Run run = run_;
  std::vector<int> position;
  int kept = 0;
  for (const benchfmt::Benchmark& benchmark : run.benchmarks)
    position.push_back(benchmark.Samples() > 0 ? kept++ : 0);
  for (std::vector<int>& round : run.schedule)
    for (int& index : round) index = position[static_cast<std::size_t>(index)];
  std::erase_if(run.benchmarks, [](const auto& b) { return b.Samples() == 0; });
  return run;
}

}  // namespace opstat::measure
