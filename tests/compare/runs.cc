#include "tests/compare/runs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace opstat::compare {

benchfmt::Run MakeRun(const std::string& label) {
  benchfmt::Run run;
  run.label = label;
  run.id = label + " id";
  run.process_samples = true;
  run.session = "session";
  return run;
}

void Add(benchfmt::Run& run, const std::string& benchmark,
         const std::string& unit, const Values& values) {
  for (benchfmt::Benchmark& each : run.benchmarks) {
    if (each.name != benchmark) continue;
    each.measurements.push_back({unit, values});
    return;
  }
  run.benchmarks.push_back({benchmark, {{unit, values}}});
}

std::vector<benchfmt::Run> PairOf(const std::string& unit, const Values& a,
                                  const Values& b) {
  std::vector<benchfmt::Run> runs{MakeRun("a"), MakeRun("b")};
  Add(runs[0], "B", unit, a);
  Add(runs[1], "B", unit, b);
  return runs;
}

Comparison CompareRuns(const std::vector<benchfmt::Run>& runs,
                       const Policy& policy) {
  return Compare(ColumnsByRun(runs), policy);
}

Row RowOf(const Comparison& comparison, const std::string& benchmark,
          const std::string& unit, int contender_index) {
  for (const Row& row : comparison.rows) {
    if (row.benchmark() == benchmark && row.unit == unit &&
        row.contender_index == contender_index) {
      return row;
    }
  }
  ADD_FAILURE() << "no row of " << benchmark << " " << unit;
  return {};
}

Row CompareValues(const std::string& unit, const Values& a, const Values& b,
                  const Policy& policy) {
  return RowOf(CompareRuns(PairOf(unit, a, b), policy), "B", unit);
}

Values Noise(std::size_t n, double center, double spread, unsigned seed) {
  // The engine's numbers are the standard's; normal_distribution's are not.
  std::mt19937 engine(seed);
  Values values(n);
  for (double& value : values) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += double(engine()) / 4294967296.0;
    value = center * std::exp(spread * sum);
  }
  return values;
}

}  // namespace opstat::compare
