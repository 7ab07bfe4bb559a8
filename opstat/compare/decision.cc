#include "opstat/compare/decision.h"

#include <algorithm>
#include <cmath>

#include "opstat/compare/reasons.h"
#include "opstat/compare/tau.h"

namespace opstat::compare {
namespace {

// Sums in another order round differently, and sides that swap sum so: what
// is equal up to that is at most its limit on both.
bool AtMost(double value, double limit) {
  constexpr double kRounding = 1e-9;
  return value <= limit * (1 + kRounding);
}

// Of the effect either way round: +25% is as large as -20%.
bool Matters(const NoisyNumbers& row) {
  const double ratio = row.ratio->ratio;
  return !AtMost(std::max(ratio, 1 / ratio), 1 + row.tau.value);
}

bool LiesInside(const stats::RatioInterval& interval, double tau) {
  return AtMost(interval.high, 1 + tau) && AtMost(1, interval.low * (1 + tau));
}

Decision CannotTell(std::string rule) {
  return {.verdict = Verdict::kUndecided,
          .rule = std::move(rule),
          .cannot_tell = true};
}

Decision AwaitRounds(std::string rule) {
  Decision decision = CannotTell(std::move(rule));
  decision.wants_rounds = true;
  return decision;
}

}  // namespace

Decision DecideNoisy(const NoisyNumbers& row) {
  if (row.tau.value > kTauCap) return CannotTell(TooNoisy(row));
  if (!row.ratio) return CannotTell("negative values have no ratio");
  const bool screening = row.to_come > 0;
  const double p = std::min(row.p.greater, row.p.less);
  if (!screening && Matters(row) && AtMost(p, row.alpha_row)) {
    return {.verdict = PointsToWorse(row) ? Verdict::kRegression
                                          : Verdict::kImprovement,
            .rule = Proven(row)};
  }
  if (!AtMost(row.smallest_p, row.alpha_row)) {
    return CannotTell(NTooSmall(row));
  }
  const bool suggestive = Matters(row) && AtMost(p, kSuggestive);
  const bool wide = !row.bound || *row.bound > row.must_see;
  if (screening && suggestive) return AwaitRounds(Screened(row));
  if (screening && wide) return AwaitRounds(TooWide(row));
  if (LiesInside(*row.ratio, row.tau.value) && !row.sometimes_zero) {
    return {.verdict = Verdict::kUnchanged,
            .rule = Inside(row),
            .cannot_tell = wide};
  }
  const double needed = screening ? kSuggestive : row.alpha_row;
  if (!AtMost(row.smallest_tied_p, needed)) {
    return CannotTell(TooManyTies(row, needed));
  }
  if (suggestive) {
    return {.verdict = Verdict::kUndecided,
            .rule = Suggestive(row),
            .cannot_tell = wide};
  }
  if (wide) return CannotTell(TooWide(row));
  if (row.sometimes_zero) return CannotTell("0 in some samples only");
  return {.verdict = Verdict::kNoChangeSeen, .rule = NoChangeSeen(row)};
}

bool PointsToWorse(const NoisyNumbers& row) {
  return (row.p.greater < row.p.less) != row.higher_is_better;
}

std::optional<double> Bound(const stats::RatioInterval& interval90,
                            bool higher_is_better) {
  const double bound =
      higher_is_better ? 1 - interval90.low : interval90.high - 1;
  return std::isfinite(bound) ? std::optional(bound) : std::nullopt;
}

}  // namespace opstat::compare
