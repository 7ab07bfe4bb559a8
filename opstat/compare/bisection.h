#pragma once

#include <cstddef>
#include <optional>
#include <set>

namespace opstat::compare {

/// Where a commit between a good and a bad one belongs.
enum class Place {
  kGoodSide,
  kBadSide,
  kBetween,    ///< differs from both ends: not one commit alone made the change
  kUndecided,  ///< the samples cannot tell it from either end
  kSkipped,    ///< could not be built or gave no sample
};

const char* Name(Place place);

/// The search for the first bad one of commits 0 (good) to `last` (bad), each
/// the parent of the next. It halves what is left; where the middle cannot be
/// placed it tries others, ever further away, as what breaks one commit often
/// breaks its neighbours. Of commits in between it looks for the two borders,
/// as no single commit is the first bad one. A value; pure.
class Bisection {
 public:
  /// REQUIRES: last > 0.
  explicit Bisection(std::size_t last) : bad_(last) {}

  /// The commit to try; nothing when no other can narrow the search.
  std::optional<std::size_t> Next() const;
  /// What came of it. REQUIRES: good() < commit < bad().
  void Record(std::size_t commit, Place place);

  std::size_t good() const { return good_; }  ///< the last known good one
  std::size_t bad() const { return bad_; }    ///< the first known bad one
  /// bad() is the first bad one.
  bool Found() const { return bad_ - good_ == 1; }
  /// About how many more commits will be tried.
  int StepsLeft() const;

 private:
  std::optional<std::size_t> Choose(std::size_t low, std::size_t high) const;

  std::size_t good_ = 0, bad_;
  std::set<std::size_t> between_, set_aside_;  // of those within good_..bad_
};

}  // namespace opstat::compare
