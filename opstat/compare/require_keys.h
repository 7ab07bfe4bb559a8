#pragma once

#include <span>
#include <string>
#include <vector>

#include "opstat/benchfmt/run.h"
#include "opstat/compare/key_space.h"
#include "opstat/compare/projection.h"

namespace opstat::compare {

/// Throws Error(kUsage) when no benchmark of `runs` has a key of `projection`,
/// or none a value that a key's order lists: a slip of the pen, which would
/// otherwise give empty tables. The hint lists those there are.
void RequireKeys(std::span<const benchfmt::Run> runs, const KeySpace& space,
                 const Projection& projection);

/// A line for each key of `projection` that no benchmark and no run has, with
/// those there are: for what may match nothing, and shall not do so in silence.
std::vector<std::string> UnknownKeys(std::span<const benchfmt::Run> runs,
                                     const KeySpace& space,
                                     const Projection& projection);

}  // namespace opstat::compare
