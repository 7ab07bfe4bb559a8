#pragma once

#include <string>

#include "opstat/measure/side.h"

namespace opstat::checkout {

struct SameCodeAnswer {
  bool same = false;
  std::string reason;  ///< "program and 1 library ...", or what differs
};

/// Whether two sides run the same code: the same arguments and variables, and
/// the program and every object that it loads from its own tree (source and
/// build folder; without them, the program's folder) are equal in segments and
/// in every section that is loaded, byte for byte, but for the build id and
/// for the sides' own folders where those are equally long. Debug information
/// and symbol tables are not loaded and not compared. Libraries are found as
/// the dynamic loader finds them, by DT_RUNPATH or DT_RPATH with $ORIGIN and
/// LD_LIBRARY_PATH of the sides; nothing is executed. Objects outside the trees
/// are the same for both sides.
///
/// Errs on one side only. No for: scripts, programs outside the trees, objects
/// that import dlopen (what they load is not known), files that cannot be read,
/// and equal sources that the linker laid out differently.
SameCodeAnswer SameCode(const measure::Side& base, const measure::Side& head);

}  // namespace opstat::checkout
