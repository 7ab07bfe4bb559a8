#pragma once

#include <string>
#include <vector>

#include "opstat/checkout/repository.h"
#include "opstat/checkout/revisions.h"

namespace opstat::checkout {

struct Commit {
  std::string hash;
  std::vector<std::string> parents;  ///< full hashes
  std::string author;                ///< "Name <address>"
  std::string date;                  ///< of the author, ISO 8601
  std::string subject;
};

/// The commits from `good` to `bad`, both included, each a parent of the next:
/// first parents from `bad` back, so that a merged branch is one commit, its
/// merge. Where `good` was itself merged in, its merge follows it. Throws
/// Error(kUsage) when `good` is not an ancestor of `bad`.
std::vector<Commit> LineOfCommits(const Repository& repository,
                                  const Revision& good, const Revision& bad);

}  // namespace opstat::checkout
