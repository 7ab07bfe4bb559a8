#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "opstat/benchfmt/error.h"
#include "opstat/compare/search.h"

namespace opstat::compare {
namespace {

constexpr std::size_t kLooks[] = {1, 2, 4};  // times the rounds

Difference DifferenceOf(const std::vector<double>& earlier,
                        const std::vector<double>& later, double limit) {
  constexpr double kPrintedTail = 0.025;
  Difference result{.n = std::min(earlier.size(), later.size()),
                    .p = stats::MannWhitneyOneSided(earlier, later, limit),
                    .ratio = {}};
  if (const auto ratio =
          stats::HodgesLehmannRatio(earlier, later, kPrintedTail))
    result.ratio = *ratio;
  return result;
}

class Search {
 public:
  Search(std::size_t last, const MeasureInTurns& measure,
         const SearchPolicy& policy, const StepSink& tell)
      : last_(last),
        measure_(measure),
        policy_(policy),
        tell_(tell),
        bisection_(last),
        least_(std::log1p(policy.tau)) {}

  SearchResult Run() {
    result_.bad = last_;
    if (!EndsDiffer()) return result_;
    while (const auto commit = bisection_.Next()) Try(*commit);
    result_.good = bisection_.good();
    result_.bad = bisection_.bad();
    if (bisection_.Found())
      Confirm();
    else
      result_.why = "the commits in between could not be placed";
    return result_;
  }

 private:
  double Limit() const { return policy_.alpha / std::size(kLooks); }

  // Whether a change in the direction that is looked for is shown.
  bool Shows(const Difference& change, double limit) const {
    const double p = rising_ ? change.p.greater : change.p.less;
    const double effect = std::log(change.ratio.ratio);
    return p <= limit && (rising_ ? effect : -effect) > least_;
  }

  bool EndsDiffer() {
    const std::size_t ends[] = {0, last_};
    for (std::size_t look : kLooks) {
      const Measured got = measure_(ends, look * policy_.rounds);
      if (!got.why_not.empty()) return Give(got.why_not);
      RequireEnough(got, look);
      result_.ends = DifferenceOf(got.samples[0], got.samples[1], Limit());
      rising_ = result_.ends->ratio.ratio > 1;
      if (!Shows(*result_.ends, Limit())) continue;
      const double third = std::abs(std::log(result_.ends->ratio.ratio)) / 3;
      if (std::isfinite(third)) least_ = std::max(least_, third);
      return true;
    }
    result_.outcome = SearchResult::Outcome::kNoDifference;
    return false;
  }

  // A unit of one value a session gets no more of them with the rounds.
  void RequireEnough(const Measured& got, std::size_t look) const {
    const std::size_t good = got.samples[0].size();
    const std::size_t bad = got.samples[1].size();
    const std::size_t more = kLooks[2] / look;
    if (stats::SmallestOneSidedP(good * more, bad * more) <= Limit()) return;
    throw Error(
        Failure::kCannotMeasure,
        fmt::format("the unit has {} and {} values of the ends after {} rounds "
                    "each: too few ever to show a difference at alpha {:g}",
                    good, bad, look * policy_.rounds, policy_.alpha),
        "search in another --unit, or with more --rounds where there are more "
        "values then");
  }

  bool Give(const std::string& why) {
    result_.why = why;
    return false;
  }

  void Try(std::size_t commit) {
    SearchStep step{.commit = commit};
    const std::size_t commits[] = {0, commit, last_};
    for (std::size_t look : kLooks) {
      const Measured got = measure_(commits, look * policy_.rounds);
      step.why = got.why_not;
      step.place = step.why.empty() ? PlaceOf(got, step) : Place::kSkipped;
      if (step.place != Place::kUndecided) break;
    }
    bisection_.Record(commit, step.place);
    result_.steps.push_back(step);
    if (tell_) tell_(step, bisection_);
  }

  Place PlaceOf(const Measured& got, SearchStep& step) const {
    step.from_good = DifferenceOf(got.samples[0], got.samples[1], Limit());
    step.from_bad = DifferenceOf(got.samples[2], got.samples[1], Limit());
    const Difference to_bad =
        DifferenceOf(got.samples[1], got.samples[2], Limit());
    const bool left_good = Shows(*step.from_good, Limit());
    const bool short_of_bad = Shows(to_bad, Limit());
    if (left_good) return short_of_bad ? Place::kBetween : Place::kBadSide;
    return short_of_bad ? Place::kGoodSide : Place::kUndecided;
  }

  // A fixed n, unlike the looks': the interval it prints is honest.
  void Confirm() {
    const std::size_t pair[] = {result_.good, result_.bad};
    const Measured got = measure_(pair, kLooks[2] * policy_.rounds);
    if (got.why_not.empty()) {
      result_.confirmation =
          DifferenceOf(got.samples[0], got.samples[1], policy_.alpha);
      if (Shows(*result_.confirmation, policy_.alpha)) {
        result_.outcome = SearchResult::Outcome::kFound;
        return;
      }
    }
    result_.why = got.why_not.empty()
                      ? "the commit found does not differ from its parent"
                      : got.why_not;
    result_.good = 0;
    result_.bad = last_;
  }

  const std::size_t last_;
  const MeasureInTurns& measure_;
  const SearchPolicy& policy_;
  const StepSink& tell_;
  Bisection bisection_;
  SearchResult result_;
  bool rising_ = true;
  double least_;  // logarithm of the smallest ratio that is a difference
};

}  // namespace

SearchResult FindNoisy(std::size_t last, const MeasureInTurns& measure,
                       const SearchPolicy& policy, const StepSink& tell) {
  return Search(last, measure, policy, tell).Run();
}

const char* Name(SearchResult::Outcome outcome) {
  constexpr const char* kNames[] = {"found", "no-difference", "undecided"};
  return kNames[static_cast<int>(outcome)];
}

}  // namespace opstat::compare
