#pragma once

#include <span>
#include <vector>

#include "opstat/benchfmt/call_sites.h"
#include "opstat/measure/symbolizer.h"

namespace opstat::measure {

/// Of the stack of an allocation inside a timed loop, innermost first, the
/// frames of the user's own code up to the benchmark function: without the
/// allocation functions and what is inside them, the C and C++ runtime and
/// standard libraries (so that a vector's growth belongs to who grows it),
/// allocators, and Google Benchmark. A function that calls itself is one frame.
/// A stack without such a frame gives its innermost one outside the allocation
/// function. REQUIRES: the stack is not empty.
std::vector<benchfmt::Frame> UserFrames(std::span<const Symbol> stack);

}  // namespace opstat::measure
