#pragma once

#include <map>
#include <string>
#include <vector>

namespace opstat::cli {

/// One thing that `opstat doctor` looked at.
struct Check {
  enum class State {
    kOk,
    kWarn,    ///< results are worse for it, or something cannot be done
    kBroken,  ///< opstat does not work like this
  };
  std::string name;
  State state = State::kOk;
  std::string found;     ///< what was seen; of kOk too
  std::string fix = {};  ///< what to type; never empty unless kOk
};

/// What makes times unsteady: governor, turbo, SMT, ASLR, load, memory
/// pressure, perf_event_paranoid. Pure: `facts` are those of HostFacts,
/// NoiseMeter and PerfFacts. A fact that the system does not tell is kOk, for
/// there is nothing to type.
std::vector<Check> MachineChecks(
    const std::map<std::string, std::string>& facts);

/// "perf.paranoid", the kernel's level, and "perf.counters", whether a process
/// may count its instructions: "yes" or the reason.
std::map<std::string, std::string> PerfFacts();

/// What opstat calls or loads: the counting shim, compiler, linker, CMake,
/// libbenchmark, Python with the packages of reports/, git. Starts each once.
std::vector<Check> ToolChecks();

/// What opstat reads: the history database at `database` and opstat.toml.
std::vector<Check> DataChecks(const std::string& database);

}  // namespace opstat::cli
