#pragma once

#include <string>
#include <vector>

#include "opstat/checkout/sides.h"
#include "opstat/cli/arguments.h"

namespace opstat::cli {

/// Baseline and contender of a compare, and what is held meanwhile.
struct CompareSides {
  std::vector<measure::Side> sides;
  bool identical = false;          ///< one program twice: this machine's noise
  bool same_code = false;          ///< two builds that run the same code
  std::vector<std::string> notes;  ///< a sentence each, to be shown
  /// Locks on the folders of revisions, for as long as this object lives.
  std::vector<checkout::CacheEntry> folders = {};
};

/// Whether a command line means two revisions of a repository, not two
/// programs that exist.
bool ComparesRevisions(const Arguments& arguments);

/// The sides that a command line names, revisions built. Throws Error(kUsage)
/// for programs beside revisions, and what CommandSides, RevisionsRequest and
/// checkout::Prepare throw.
CompareSides SidesOf(const Arguments& arguments, const checkout::Tell& tell);

}  // namespace opstat::cli
