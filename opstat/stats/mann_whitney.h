#pragma once

#include <span>

namespace opstat::stats {

/// The Mann-Whitney U test (Mann and Whitney 1947) of a baseline against a
/// contender, both of independent samples. A tie counts as half a pair. All
/// functions are pure and thread-safe; where a sample is empty or all values
/// are equal every p-value is 1. REQUIRES: no NaN.

/// `greater`: the chance of a U at least as large when nothing changed; small
/// when the contender's values are greater. `less`: the other direction.
struct OneSidedP {
  double greater = 1, less = 1;
};

/// What decisions use. Exact, conditional on the ties, to 30 + 30 values.
/// Above that the normal approximation, unless it comes within a factor 10 of
/// `limit` and the exact distribution is feasible. Agrees with
/// scipy.stats.mannwhitneyu(contender, baseline, alternative="greater" or
/// "less", method="exact" or "asymptotic").
OneSidedP MannWhitneyOneSided(std::span<const double> baseline,
                              std::span<const double> contender, double limit);

/// The two-sided p-value as benchstat prints it (go-moremath's
/// MannWhitneyUTest): exact to 50 values a side without ties and to 25 with
/// ties, else normal with corrections for ties and continuity. With ties and
/// unequal n benchstat doubles the tail on the smaller U's side though the
/// distribution is skewed; so does this, capped at 1.
double MannWhitneyAsBenchstat(std::span<const double> baseline,
                              std::span<const double> contender);

/// min(1, twice the smaller one-sided p), exact where feasible; agrees with
/// scipy.stats.mannwhitneyu(alternative="two-sided", method="exact").
double MannWhitneyTwoSided(std::span<const double> first,
                           std::span<const double> second);

/// The chance that MannWhitneyTwoSided <= level when nothing changed, given
/// these ties: at most `level`, and 0 for samples that cannot reach it.
double MannWhitneySize(std::span<const double> first,
                       std::span<const double> second, double level);

/// The smallest one-sided p-values that samples of these sizes with these ties
/// can reach; without ties both are 1 / C(n1 + n2, n1).
OneSidedP SmallestOneSidedP(std::span<const double> baseline,
                            std::span<const double> contender);
/// The same of the sizes alone.
double SmallestOneSidedP(std::size_t n1, std::size_t n2);

/// The smallest n for which the two-sided p of n + n values without ties can
/// be <= alpha (4 for 0.05): benchstat's "need >= 4 samples to detect a
/// difference". REQUIRES: alpha > 0.
int SmallestSampleForTest(double alpha);

}  // namespace opstat::stats
