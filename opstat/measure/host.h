#pragma once

#include <map>
#include <string>

namespace opstat::measure {

/// What this machine is and how quiet it is, under "host.": name, cpu, cpus,
/// kernel, governor, turbo, smt, aslr, load, memory. A fact that the system
/// does not tell is absent. Values as the kernel prints them; "host.load" is
/// the one-minute load average when asked.
std::map<std::string, std::string> HostFacts();

}  // namespace opstat::measure
