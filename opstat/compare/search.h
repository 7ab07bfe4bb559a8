#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opstat/compare/bisection.h"
#include "opstat/compare/decision.h"
#include "opstat/stats/hodges_lehmann.h"
#include "opstat/stats/mann_whitney.h"

namespace opstat::compare {

// Which of many commits made a benchmark worse, or better: what `opstat bisect`
// does between building and printing. Commits are numbers: 0 is good, `last`
// is bad, each is the parent of the next.

/// How the later of two commits measured in turns differs from the earlier.
struct Difference {
  std::size_t n = 0;  ///< samples of each
  stats::OneSidedP p;
  stats::RatioInterval ratio;  ///< Hodges-Lehmann, 95%
};

/// One commit that was tried.
struct SearchStep {
  std::size_t commit = 0;
  Place place = Place::kUndecided;
  std::string why = {};  ///< of a skipped one, a sentence
  std::optional<Difference> from_good = {}, from_bad = {};  ///< of a noisy unit
  std::optional<ExactSide> count = {};                      ///< of an exact one
};
using StepSink = std::function<void(const SearchStep&, const Bisection&)>;

struct SearchResult {
  enum class Outcome {
    kFound,         ///< `bad` is the culprit, confirmed against its parent
    kNoDifference,  ///< the ends do not differ: there is nothing to find
    kUndecided,     ///< the change lies after `good`, up to and with `bad`
  };
  Outcome outcome = Outcome::kUndecided;
  std::size_t good = 0, bad = 0;
  std::vector<SearchStep> steps;
  std::string why = {};  ///< of kUndecided, a sentence
  /// `last` against 0, and the culprit, or the commit that was not confirmed,
  /// against its parent from fresh samples. Of a noisy unit.
  std::optional<Difference> ends = {}, confirmation = {};
  /// The same four of an exact unit.
  std::optional<ExactSide> good_end = {}, bad_end = {}, parent = {},
                           culprit = {};
};

const char* Name(SearchResult::Outcome outcome);

/// Samples of commits measured in turns, in their order; or why there are none.
struct Measured {
  std::vector<std::vector<double>> samples;
  std::string why_not = {};
};
/// Measures `commits` until each has `rounds` samples; called for the same
/// commits again it goes on. Throws what ends the search.
using MeasureInTurns = std::function<Measured(
    std::span<const std::size_t> commits, std::size_t rounds)>;

struct SearchPolicy {
  std::size_t rounds = 10;  ///< of the first look; the others: twice, 4 times
  double alpha = 0.01;      ///< of a false difference, in all looks at a pair
  double tau = 0.01;        ///< relative: the smallest change worth a search
};

/// The search in a noisy unit. Each commit is measured in turns with both ends,
/// and looked at three times, with alpha / 3 each. It differs from an end when
/// a one-sided Mann-Whitney test says so, in the direction in which the ends
/// differ, and the Hodges-Lehmann effect is beyond tau and a third of theirs:
/// from good alone it is on the bad side, from bad alone on the good one, from
/// both in between; from neither, after the last look, undecided.
/// The one found is measured against its parent, four times `rounds` fresh
/// ones, and named when it differs so. Throws Error(kCannotMeasure) when the
/// ends have too few samples ever to differ. REQUIRES: last > 0.
SearchResult FindNoisy(std::size_t last, const MeasureInTurns& measure,
                       const SearchPolicy& policy, const StepSink& tell = {});

/// The count of a commit, by one process; or why there is none.
struct Counted {
  std::optional<ExactSide> count;
  std::string why_not = {};
};
using CountOnce = std::function<Counted(std::size_t commit)>;

/// The search in an exact unit: one process a commit. A commit is on the side
/// of the end that its count is nearer to, so that the culprit's count crosses
/// the middle, whatever others do before and after it. The culprit and its
/// parent are counted once more; all their counts must agree.
/// REQUIRES: last > 0.
SearchResult FindExact(std::size_t last, const CountOnce& count,
                       const StepSink& tell = {});

}  // namespace opstat::compare
