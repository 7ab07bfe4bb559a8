#include "opstat/compare/decision.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "opstat/compare/tau.h"
#include "opstat/stats/normal.h"

namespace opstat::compare {
namespace {

constexpr double kSuggestive = 0.05;

// ".0026", as statisticians write a probability.
std::string Probability(double p) {
  std::string text = fmt::format("{:.2g}", p);
  return text.starts_with("0.") ? text.substr(1) : text;
}

std::string Range(const ExactSide& side) {
  return side.min == side.max
             ? fmt::format("{:.10g}", side.min)
             : fmt::format("{:.10g}..{:.10g}", side.min, side.max);
}

// Rounds to add until the test rejects with a chance of 80%, when the shift is
// what it seems: z grows with the root of n.
int MoreRounds(const NoisyNumbers& row, double p) {
  constexpr double kZ80 = 0.8416;
  const double wanted = kZ80 - stats::NormalQuantile(row.alpha_row);
  const double growth = wanted / stats::NormalQuantile(p);
  const auto n = double(std::min(row.n1, row.n2));
  return 2 * std::max(1, int(std::ceil(n * (growth * growth - 1) / 2)));
}

// Names the fewest rounds a side, even, whose smallest p, 1 / C(2n, n), is
// small enough, where that is more than there are.
std::string MinRounds(const NoisyNumbers& row) {
  std::int64_t n = 1;
  double smallest_p = 0.5;
  while (smallest_p > row.alpha_row || n % 2 != 0) {
    ++n;
    smallest_p *= double(n) / double(2 * (2 * n - 1));
  }
  return n <= row.n1 ? "" : fmt::format("; it takes {} rounds", n);
}

Decision Undecided(std::string rule, bool cannot_tell) {
  return {Verdict::kUndecided, std::move(rule), cannot_tell};
}

double Effect(const NoisyNumbers& row) { return row.ratio->ratio - 1; }

bool Matters(const NoisyNumbers& row) {
  return std::abs(Effect(row)) > row.tau.value;
}

std::optional<Decision> FindAlarm(const NoisyNumbers& row) {
  const double p = std::min(row.p.greater, row.p.less);
  if (!Matters(row) || p > row.alpha_row) return std::nullopt;
  const bool worse = (row.p.greater < row.p.less) != row.higher_is_better;
  return Decision{
      worse ? Verdict::kRegression : Verdict::kImprovement,
      fmt::format("one-sided p={} <= {}, {:+.1f}% is beyond {:.2g}%",
                  Probability(p), Probability(row.alpha_row), 100 * Effect(row),
                  100 * row.tau.value),
      false};
}

std::optional<Decision> FindUnchanged(const NoisyNumbers& row) {
  const double low = row.ratio->low - 1;
  const double high = row.ratio->high - 1;
  const double tau = row.tau.value;
  if (row.sometimes_zero || low < -tau || high > tau) return std::nullopt;
  return Decision{Verdict::kUnchanged,
                  fmt::format("90% interval {:+.1f}% to {:+.1f}% inside "
                              "+-{:.2g}%",
                              100 * low, 100 * high, 100 * tau),
                  false};
}

std::string TooFew(const NoisyNumbers& row, double smallest, const char* what) {
  return fmt::format("{}: the smallest p that {}+{} samples reach is {} > {}",
                     what, row.n1, row.n2, Probability(smallest),
                     Probability(row.alpha_row));
}

std::string TooWide(const NoisyNumbers& row, const Policy& policy) {
  if (!row.bound) return "these samples give no bound";
  return fmt::format(
      "a change of {:+.1f}% is compatible with these samples, "
      "beyond {:.2g}%",
      (row.higher_is_better ? -100 : 100) * *row.bound, 100 * policy.must_see);
}

}  // namespace

std::optional<Decision> DecideExact(const ExactSide& baseline,
                                    const ExactSide& contender) {
  double margin = baseline.resolution + contender.resolution;
  // A value of total / N carries the division's rounding as well.
  if (margin > 0) {
    margin += 8 * std::numeric_limits<double>::epsilon() *
              std::max(baseline.max, contender.max);
  }
  const std::string values =
      fmt::format("exact: {} -> {}", Range(baseline), Range(contender));
  if (contender.min - baseline.max > margin) {
    return Decision{Verdict::kRegression, values, false};
  }
  if (baseline.min - contender.max > margin) {
    return Decision{Verdict::kImprovement, values, false};
  }
  if (!baseline.IsConstant() || !contender.IsConstant()) return std::nullopt;
  return Decision{Verdict::kUnchanged,
                  margin > 0 ? "equal within 1/iterations" : "equal", false};
}

Decision DecideNoisy(const NoisyNumbers& row, const Policy& policy) {
  if (row.tau.value > kTauCap) {
    return Undecided(fmt::format("too noisy: equal builds differ by {:.2g}%",
                                 100 * row.tau.value),
                     true);
  }
  if (!row.ratio) return Undecided("negative values have no ratio", true);
  if (const auto alarm = FindAlarm(row)) return *alarm;
  if (row.smallest_p > row.alpha_row) {
    return Undecided(
        TooFew(row, row.smallest_p, "n too small") + MinRounds(row), true);
  }
  if (const auto unchanged = FindUnchanged(row)) return *unchanged;
  if (row.smallest_tied_p > row.alpha_row) {
    return Undecided(TooFew(row, row.smallest_tied_p, "too many ties"), true);
  }
  const bool wide = !row.bound || *row.bound > policy.must_see;
  const double p = std::min(row.p.greater, row.p.less);
  if (Matters(row) && p <= kSuggestive) {
    return Undecided(
        fmt::format("one-sided p={} > {}; {} more rounds would decide",
                    Probability(p), Probability(row.alpha_row),
                    MoreRounds(row, p)),
        wide);
  }
  if (wide) return Undecided(TooWide(row, policy), true);
  if (row.sometimes_zero) return Undecided("0 in some samples only", true);
  return {Verdict::kNoChangeSeen,
          fmt::format("no change seen, at most {:+.1f}%",
                      (row.higher_is_better ? -100 : 100) * *row.bound),
          false};
}

std::optional<double> Bound(const stats::RatioInterval& interval90,
                            bool higher_is_better) {
  const double bound =
      higher_is_better ? 1 - interval90.low : interval90.high - 1;
  return std::isfinite(bound) ? std::optional(bound) : std::nullopt;
}

}  // namespace opstat::compare
