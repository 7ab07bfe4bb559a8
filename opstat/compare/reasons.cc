#include "opstat/compare/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "opstat/stats/normal.h"

namespace opstat::compare {
namespace {

// ".0026", as statisticians write a probability.
std::string Probability(double p) {
  std::string text = fmt::format("{:.2g}", p);
  return text.starts_with("0.") ? text.substr(1) : text;
}

double SmallerP(const NoisyNumbers& row) {
  return std::min(row.p.greater, row.p.less);
}

double EffectPercent(const NoisyNumbers& row) {
  return 100 * (row.ratio->ratio - 1);
}

// The worsening that bounds the row, with the sign of the change it is.
double BoundPercent(const NoisyNumbers& row) {
  return (row.higher_is_better ? -100 : 100) * *row.bound;
}

// Rounds to add until the test rejects with a chance of 80%, when the shift is
// what it seems: z grows with the root of n.
int MoreRounds(const NoisyNumbers& row) {
  constexpr double kZ80 = 0.8416;
  const double wanted = kZ80 - stats::NormalQuantile(row.alpha_row);
  const double growth = wanted / stats::NormalQuantile(SmallerP(row));
  const auto n = double(std::min(row.n1, row.n2));
  return 2 * std::max(1, int(std::ceil(n * (growth * growth - 1) / 2)));
}

// The fewest rounds a side, even, whose smallest p, 1 / C(2n, n), is small
// enough.
std::int64_t MinRounds(const NoisyNumbers& row) {
  std::int64_t n = 1;
  double smallest_p = 0.5;
  while (smallest_p > row.alpha_row || n % 2 != 0) {
    ++n;
    smallest_p *= double(n) / double(2 * (2 * n - 1));
  }
  return n;
}

std::string TooFew(const char* what, const NoisyNumbers& row, double smallest,
                   std::int64_t to_come, double needed) {
  return fmt::format("{}: the smallest p that {}+{} samples reach is {} > {}",
                     what, row.n1 + to_come, row.n2 + to_come,
                     Probability(smallest), Probability(needed));
}

}  // namespace

std::string TooNoisy(const NoisyNumbers& row) {
  return fmt::format("too noisy: equal builds differ by {:.2g}%",
                     100 * row.tau.value);
}

std::string Proven(const NoisyNumbers& row) {
  return fmt::format("one-sided p={} <= {}, {:+.1f}% is beyond {:.2g}%",
                     Probability(SmallerP(row)), Probability(row.alpha_row),
                     EffectPercent(row), 100 * row.tau.value);
}

std::string NTooSmall(const NoisyNumbers& row) {
  std::string text =
      TooFew("n too small", row, row.smallest_p, row.to_come, row.alpha_row);
  const std::int64_t n = MinRounds(row);
  if (n > row.n1 + row.to_come) text += fmt::format("; it takes {} rounds", n);
  return text;
}

std::string TooManyTies(const NoisyNumbers& row, double needed_p) {
  return TooFew("too many ties", row, row.smallest_tied_p, 0, needed_p);
}

std::string Screened(const NoisyNumbers& row) {
  return fmt::format(
      "one-sided p={} and {:+.1f}% suggest a change; {} fresh rounds decide",
      Probability(SmallerP(row)), EffectPercent(row), row.to_come);
}

std::string Inside(const NoisyNumbers& row) {
  return fmt::format("90% interval {:+.1f}% to {:+.1f}% inside +-{:.2g}%",
                     100 * (row.ratio->low - 1), 100 * (row.ratio->high - 1),
                     100 * row.tau.value);
}

std::string Suggestive(const NoisyNumbers& row) {
  return fmt::format("one-sided p={} > {}; {} more rounds would decide",
                     Probability(SmallerP(row)), Probability(row.alpha_row),
                     MoreRounds(row));
}

std::string TooWide(const NoisyNumbers& row) {
  if (!row.bound) return "these samples give no bound";
  return fmt::format(
      "a change of {:+.1f}% is compatible with these samples, "
      "beyond {:.2g}%",
      BoundPercent(row), 100 * row.must_see);
}

std::string NoChangeSeen(const NoisyNumbers& row) {
  return fmt::format("no change seen, at most {:+.1f}%", BoundPercent(row));
}

}  // namespace opstat::compare
