#pragma once

#include <optional>
#include <string>
#include <vector>

namespace opstat::measure {

/// The CPUs for a process that measures `benchmark`: as many as its `/threads:`
/// part says, else one; all that are allowed when those are fewer. `first` is
/// among them when given; else the last allowed CPUs are taken, for the first
/// one serves most interrupts.
std::vector<int> CpusFor(const std::string& benchmark,
                         std::optional<int> first);

}  // namespace opstat::measure
