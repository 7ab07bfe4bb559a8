#include <algorithm>
#include <cmath>

#include "opstat/compare/search.h"

namespace opstat::compare {
namespace {

using Outcome = SearchResult::Outcome;

double Middle(const ExactSide& side) { return (side.min + side.max) / 2; }

bool Differ(const ExactSide& one, const ExactSide& other) {
  const auto decision = DecideExact(one, other);
  return decision && decision->verdict != Verdict::kUnchanged;
}

ExactSide Together(const ExactSide& one, const ExactSide& other) {
  return {.min = std::min(one.min, other.min),
          .max = std::max(one.max, other.max),
          .resolution = std::max(one.resolution, other.resolution)};
}

class Search {
 public:
  Search(std::size_t last, const CountOnce& count, const StepSink& tell)
      : count_(count), tell_(tell), bisection_(last) {
    result_.bad = last;
  }

  SearchResult Run() {
    result_.good_end = result_.parent = Count(0);
    if (result_.good_end)
      result_.bad_end = result_.culprit = Count(result_.bad);
    if (!result_.bad_end) return result_;
    if (!Differ(*result_.good_end, *result_.bad_end)) {
      result_.outcome = Outcome::kNoDifference;
      return result_;
    }
    while (const auto commit = bisection_.Next()) Try(*commit);
    result_.good = bisection_.good();
    result_.bad = bisection_.bad();
    result_.why = "the commits in between could not be counted";
    if (bisection_.Found()) Confirm();
    return result_;
  }

 private:
  std::optional<ExactSide> Count(std::size_t commit) {
    const Counted got = count_(commit);
    result_.why = got.why_not;
    return got.count;
  }

  void Try(std::size_t commit) {
    SearchStep step{.commit = commit, .count = Count(commit)};
    step.place = step.count ? PlaceOf(*step.count) : Place::kSkipped;
    if (step.place == Place::kSkipped) step.why = result_.why;
    if (step.place == Place::kGoodSide) result_.parent = step.count;
    if (step.place == Place::kBadSide) result_.culprit = step.count;
    bisection_.Record(commit, step.place);
    result_.steps.push_back(step);
    if (tell_) tell_(step, bisection_);
  }

  // The middle itself counts as bad.
  Place PlaceOf(const ExactSide& side) const {
    const double value = Middle(side);
    const double from_good = std::abs(value - Middle(*result_.good_end));
    const double from_bad = std::abs(value - Middle(*result_.bad_end));
    return from_good < from_bad ? Place::kGoodSide : Place::kBadSide;
  }

  void Confirm() {
    const auto parent = Count(result_.good);
    const auto culprit = parent ? Count(result_.bad) : std::nullopt;
    if (!culprit) return;
    result_.parent = Together(*result_.parent, *parent);
    result_.culprit = Together(*result_.culprit, *culprit);
    if (Differ(*result_.parent, *result_.culprit)) {
      result_.outcome = Outcome::kFound;
      result_.why.clear();
    } else {
      result_.why = "the counts are not the same in each process";
    }
  }

  const CountOnce& count_;
  const StepSink& tell_;
  Bisection bisection_;
  SearchResult result_;
};

}  // namespace

SearchResult FindExact(std::size_t last, const CountOnce& count,
                       const StepSink& tell) {
  return Search(last, count, tell).Run();
}

}  // namespace opstat::compare
