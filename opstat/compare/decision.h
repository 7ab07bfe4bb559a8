#pragma once

#include <optional>
#include <string>

#include "opstat/compare/comparison.h"
#include "opstat/stats/hodges_lehmann.h"
#include "opstat/stats/mann_whitney.h"

namespace opstat::compare {

/// A smaller one-sided p suggests a change, and is what screens.
inline constexpr double kSuggestive = 0.05;

struct Decision {
  Verdict verdict = Verdict::kUndecided;
  std::string rule = {};      ///< the reason, as a person reads it
  bool cannot_tell = false;   ///< a regression of must_see could hide here
  bool wants_rounds = false;  ///< see Row
};

/// One side of a row of exact counts. Values of total / N are known to 1 / N.
struct ExactSide {
  double min = 0, max = 0;
  double resolution = 0;
  /// Equal up to the resolution of two samples.
  bool IsConstant() const { return max - min <= 2 * resolution; }
};

/// The exact rule: a finding when all of the contender's values are beyond all
/// of the baseline's by more than the sum of their resolutions, at any n;
/// unchanged when both sides are constant. nullopt: a side varies, and the
/// noisy rule decides. Lower is better. Pure.
std::optional<Decision> DecideExact(const ExactSide& baseline,
                                    const ExactSide& contender);

/// What the noisy rule looks at.
struct NoisyNumbers {
  std::int64_t n1 = 0, n2 = 0;
  stats::OneSidedP p;  ///< of the contender's values being greater, less
  /// Fresh rounds that follow if the row asks: 0 but at the screen.
  int to_come = 0;
  double smallest_p = 1;  ///< that n1 + n2 values, and those to come, reach
  double smallest_tied_p = 1;  ///< that n1 + n2 with these ties do, both ways
  double alpha_row = 0;        ///< see Row; set by ShareAlpha
  /// Hodges-Lehmann, its interval that of tails of 5% each; absent where the
  /// logarithm of a value is undefined.
  std::optional<stats::RatioInterval> ratio;
  std::optional<double> bound;  ///< see Row::bound
  Tau tau;
  bool higher_is_better = false;
  bool sometimes_zero = false;  ///< an exact count that is 0 now and then
  double must_see = Policy{}.must_see;  ///< see Row
};

/// The noisy rule; the first that holds:
///   tau above its cap                                  undecided, too noisy
///   p <= alpha/m one way and |effect| > tau            regression, improvement
///   no p that these n could reach is <= alpha/m        undecided, n too small
///   the 90% interval lies inside +-tau                 unchanged
///   no p that these ties could reach is <= alpha/m     undecided
///   p <= 5% one way and |effect| > tau                 undecided, suggestive
///   bound > must_see, or no bound                      undecided
///   else                                               no-change-seen
/// At the screen of screen-confirm no p is proof. There the second line is
/// missing, n counts the rounds to come, ties need only reach 5%, and what is
/// suggestive or has such a bound wants rounds before it is anything else.
///
/// The direction is the one-sided test's. Effects are compared either way
/// round, so that a row is as far from tau when its sides swap: then verdicts
/// swap too, but that `bound` looks at regressions alone. Where a count is 0
/// now and then, the interval of its median says nothing of the rest, so that
/// "unchanged" and "no-change-seen" become undecided. Pure.
Decision DecideNoisy(const NoisyNumbers& row);

/// Whether the smaller one-sided p is that of a worsening. Pure.
bool PointsToWorse(const NoisyNumbers& row);

/// Row::bound of a 90% interval (tails of 5% each).
std::optional<double> Bound(const stats::RatioInterval& interval90,
                            bool higher_is_better);

}  // namespace opstat::compare
