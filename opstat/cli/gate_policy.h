#pragma once

#include <string>

#include "opstat/cli/arguments.h"
#include "opstat/cli/judgement.h"

namespace opstat::cli {

/// A gate's policy: an opstat.toml that counts, and what is said of it.
struct GatePolicy {
  Settings settings;
  std::string source;  ///< "opstat.toml of the base, 1a2b3c4d5e", ...
  std::string commit;  ///< that it was read from; "" for a file
  std::string note;    ///< a sentence to be shown; may be empty
};

/// The policy of a gate whose baseline is `base_commit`, a full hash that was
/// resolved before ("": it is no commit). It is the first of
///   the file that --policy names
///   opstat.toml in that commit, beside or above the current folder: a change
///   cannot raise its own limits
///   opstat.toml of this checkout, where there is no such commit here
/// Throws Error(kUsage) with file, line and column.
GatePolicy PolicyOf(const Arguments& arguments, const std::string& base_commit);

/// Says on stderr which policy it is, unless --quiet.
void TellPolicy(const GatePolicy& policy, const Arguments& arguments,
                Streams& streams);

/// The same arguments with the policy's own options: alpha, must_see,
/// cannot_tell, allow_no_baseline, filter, rounds, quick, budget, alloc. How to
/// build and what to run stay the checkout's.
Arguments Under(const GatePolicy& policy, const Arguments& arguments);

/// Puts the rules into `judgement`, and what `under` says of the outcome.
void Apply(const GatePolicy& policy, const Arguments& under,
           Judgement& judgement);

/// Which commits may have brought a change, for acceptances that name one;
/// both are full hashes or "".
void TakeCommits(const std::string& base, const std::string& head,
                 Judgement& judgement);

}  // namespace opstat::cli
