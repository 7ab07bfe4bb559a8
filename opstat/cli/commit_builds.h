#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "opstat/checkout/line_of_commits.h"
#include "opstat/checkout/side_builder.h"
#include "opstat/cli/arguments.h"

namespace opstat::cli {

/// The commits that a bisection goes through, each built when it is asked for.
/// Its builds stay in the cache of `opstat compare`; what this holds is locked.
class CommitBuilds {
 public:
  /// From the words `good` and `bad`, --build and --program. Throws
  /// Error(kUsage) for what names no commit, and where `good` is no ancestor.
  CommitBuilds(const std::string& good, const std::string& bad,
               const Arguments& arguments, checkout::Tell tell);

  const std::vector<checkout::Commit>& line() const { return line_; }
  /// Built. The reference holds until the next call of Release. Throws
  /// Error(kCannotMeasure) with where the build's log is.
  const measure::Side& Side(std::size_t commit);
  /// Lets go of all but the ends and `kept`.
  void Release(std::span<const std::size_t> kept);
  /// What builds gave beside programs, a sentence each; moved out.
  std::vector<std::string> TakeNotes();

 private:
  struct Built {
    measure::Side side;
    checkout::CacheEntry entry;
  };
  Built Build(std::size_t commit);

  const checkout::Repository repository_;
  const checkout::BuildCache cache_;
  const checkout::BuildOptions options_;
  const std::string program_;
  const checkout::Tell tell_;
  std::vector<checkout::Commit> line_;
  std::vector<std::string> words_;  // of the program, once an end is built
  std::map<std::size_t, Built> built_;
  std::vector<std::string> notes_;
};

/// "1a2b3c4d5e".
std::string ShortHash(const checkout::Commit& commit);

}  // namespace opstat::cli
