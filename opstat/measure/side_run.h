#pragma once

#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::measure {

/// Gathers one side's samples of a session into its run.
class SideRun {
 public:
  /// `benchmarks` are the session's, this side's or not.
  explicit SideRun(const std::vector<std::string>& benchmarks);

  void BeginRound() { run_.schedule.emplace_back(); }
  /// Adds the one sample of benchmark number `benchmark`. A unit that it or the
  /// earlier samples lack is unmeasured there. REQUIRES: `sample` has it.
  void Keep(int benchmark, const benchfmt::Run& sample);

  /// Without the benchmarks that have no sample; the schedule's positions are
  /// then those of the benchmarks left.
  benchfmt::Run Result() const;

 private:
  benchfmt::Run run_;
};

}  // namespace opstat::measure
