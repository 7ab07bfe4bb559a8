#pragma once

#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/comparison.h"

namespace opstat::compare {

using Values = std::vector<double>;

/// An empty run of process samples, measured in the session "session".
benchfmt::Run MakeRun(const std::string& label);

/// Appends a measurement, and the benchmark if it is new.
void Add(benchfmt::Run& run, const std::string& benchmark,
         const std::string& unit, const Values& values);

/// Two runs of one benchmark "B" and one unit.
std::vector<benchfmt::Run> PairOf(const std::string& unit, const Values& a,
                                  const Values& b);

Comparison CompareRuns(const std::vector<benchfmt::Run>& runs,
                       const Policy& policy = {});

/// The row of a benchmark and unit; fails the test when there is none.
Row RowOf(const Comparison& comparison, const std::string& benchmark,
          const std::string& unit, int contender_index = 0);

/// The only row of PairOf, compared.
Row CompareValues(const std::string& unit, const Values& a, const Values& b,
                  const Policy& policy = {});

/// `n` values near `center`, log-normal with `spread`, the same each time.
Values Noise(std::size_t n, double center, double spread, unsigned seed);

}  // namespace opstat::compare
