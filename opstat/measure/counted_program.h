#pragma once

#include <string>

#include "opstat/measure/preload.h"
#include "opstat/measure/program.h"

namespace opstat::measure {

/// kAuto counts allocations where it can (see WithCounting), kOn makes a
/// benchmark whose allocations are not counted a failure, kOff measures without
/// the shim.
enum class AllocMode { kAuto, kOn, kOff };

/// A program with its allocations counted, or known why not.
class CountedProgram {
 public:
  CountedProgram(const Program& program, AllocMode mode);

  /// MeasureOnce. What was not counted reads "unmeasured", and why is among the
  /// sample's warnings.
  benchfmt::Run Measure(const std::string& benchmark,
                        const SampleOptions& options) const;

 private:
  void SayWhetherCounted(const std::string& benchmark,
                         benchfmt::Run& sample) const;
  std::string WhyUnmeasured(const benchfmt::Run& sample) const;

  AllocMode mode_;
  Counting counting_;
};

}  // namespace opstat::measure
