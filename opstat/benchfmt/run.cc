#include "opstat/benchfmt/run.h"

#include <algorithm>
#include <utility>

namespace opstat::benchfmt {

const Measurement* Benchmark::Find(std::string_view unit) const {
  const auto found = std::ranges::find(measurements, unit, &Measurement::unit);
  return found == measurements.end() ? nullptr : &*found;
}

Measurement& Benchmark::Add(std::string_view unit) {
  const auto found = std::ranges::find(measurements, unit, &Measurement::unit);
  if (found != measurements.end()) return *found;
  std::vector<double> values(Samples(), kUnmeasured);
  measurements.push_back({std::string(unit), std::move(values)});
  return measurements.back();
}

std::size_t Benchmark::Samples() const {
  return measurements.empty() ? 0 : measurements.front().values.size();
}

std::string_view Run::Fact(std::string_view name) const {
  const auto found = facts.find(std::string(name));
  return found == facts.end() ? std::string_view() : found->second;
}

const Benchmark* Run::Find(std::string_view name) const {
  const auto found = std::ranges::find(benchmarks, name, &Benchmark::name);
  return found == benchmarks.end() ? nullptr : &*found;
}

}  // namespace opstat::benchfmt
