#pragma once

#include <string>
#include <vector>

#include "opstat/checkout/repository.h"

namespace opstat::checkout {

/// One side of a compare, resolved once: afterwards only the hash counts.
struct Revision {
  std::string label;   ///< as typed, or "merge base with main", "work tree"
  std::string commit;  ///< full hash; of a work tree: its HEAD
  std::string branch = {};  ///< that it is, or lies on; "" when not known
  bool work_tree = false;
};

struct Revisions {
  Revision base, head;
};

/// What the words of a command line mean:
///   BASE HEAD    the two commits        BASE..HEAD   the same
///   BASE...HEAD  their merge base and HEAD; an empty end is HEAD
///   BASE         BASE and the work tree with its uncommitted changes
///   nothing      the merge base of HEAD and the default branch, and the work
///                tree; the default branch is origin/HEAD, else main, else
///                master, else `default_branch`
/// Where there is no work tree (a bare repository) HEAD takes its place.
/// Names go to git by argv behind --end-of-options, and one that begins with a
/// dash is refused. Throws Error(kUsage) naming what cannot be resolved and,
/// in a shallow clone, the command that fetches it.
Revisions Resolve(const Repository& repository,
                  const std::vector<std::string>& words,
                  const std::string& default_branch);

}  // namespace opstat::checkout
