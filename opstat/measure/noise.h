#pragma once

#include <map>
#include <string>
#include <vector>

namespace opstat::measure {

using Facts = std::map<std::string, std::string>;

/// How much else went on while a session measured, from the kernel's counters.
/// What the system does not tell is absent.
class NoiseMeter {
 public:
  /// Begins now.
  NoiseMeter();
  /// Looks at what is known only for the moment: load and clock frequency.
  void Look();

  /// Since the beginning:
  ///   noise.load             the highest load average of a minute at a look
  ///   noise.mhz              lowest..highest clock of CPU 0 at a look
  ///   noise.cpu_pressure     percent of the time in which a task waited for a
  ///   noise.memory_pressure  CPU, for memory (/proc/pressure)
  ///   noise.preemptions      involuntary context switches of the children, a
  ///                          second of their CPU time
  Facts Result() const;

 private:
  struct Counters {
    double wall = 0, cpu_pressure = -1, memory_pressure = -1;  // seconds
    double children_cpu = 0, preemptions = 0;
  };
  static Counters Now();

  Counters start_;
  double load_ = -1, lowest_mhz_ = -1, highest_mhz_ = -1;
};

/// One sentence for each of `facts` (of HostFacts and NoiseMeter) that makes
/// times unsteady, with what to do about it. Pure.
std::vector<std::string> NoiseWarnings(const Facts& facts);

}  // namespace opstat::measure
