#pragma once

#include <map>
#include <set>
#include <string>

#include "opstat/measure/counting.h"
#include "opstat/measure/program.h"

namespace opstat::measure {

/// kAuto counts allocations where it can (see counting.h), kOn makes a
/// benchmark whose allocations are not counted a failure, kOff measures without
/// the shim.
enum class AllocMode { kAuto, kOn, kOff };

/// A program with its allocations counted, or known why not.
class CountedProgram {
 public:
  CountedProgram(const Program& program, AllocMode mode);

  /// One sample. A benchmark that was called only once, now or before, is
  /// called twice: the first call of a process may warm up. What was not
  /// counted reads "unmeasured"; that, and what else is to be said, is among
  /// the sample's warnings. Throws as MeasureOnce does.
  benchfmt::Run Measure(const std::string& benchmark, SampleOptions options);

  /// Adds the peak of bytes allocated at a time, from a short process of its
  /// own, for observing every allocation takes time; where that can be told.
  void AddPeak(const std::string& benchmark, SampleOptions options,
               benchfmt::Run& sample) const;

 private:
  const Program& Timed() const;
  void AddDifference(const std::string& benchmark, const SampleOptions& options,
                     benchfmt::Run& sample);
  void SayWhetherCounted(const std::string& benchmark,
                         benchfmt::Run& sample) const;
  std::string WhyUnmeasured(const std::string& benchmark,
                            const benchfmt::Run& sample) const;

  Program program_;
  AllocMode mode_;
  Counting counting_;
  std::set<std::string> called_once_;
  std::map<std::string, std::string> no_difference_;  ///< benchmark to reason
};

}  // namespace opstat::measure
