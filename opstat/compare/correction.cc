#include "opstat/compare/correction.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "opstat/stats/multiple_testing.h"

namespace opstat::compare {
namespace {

double PWorse(const NoisyNumbers& row) {
  return row.higher_is_better ? row.p.less : row.p.greater;
}

double PBetter(const NoisyNumbers& row) {
  return row.higher_is_better ? row.p.greater : row.p.less;
}

template <class PValue>
double Level(const Policy& policy, std::span<const NoisyNumbers> rows,
             PValue p_value) {
  std::vector<double> ps;
  for (const NoisyNumbers& row : rows) ps.push_back(p_value(row));
  const bool holm = policy.correction == Correction::kHolm;
  const std::vector<double> adjusted =
      holm ? stats::AdjustHolm(ps) : stats::AdjustBenjaminiHochberg(ps);
  const std::int64_t rejected = std::ranges::count_if(
      adjusted, [&](double p) { return p <= policy.alpha; });
  // That of the last p rejected, or where none is, of the first.
  const auto rank = double(std::max(rejected, std::int64_t{1}));
  const auto m = double(rows.size());
  return policy.alpha * (holm ? 1 / (m - rank + 1) : rank / m);
}

}  // namespace

void ShareAlpha(const Policy& policy, std::span<NoisyNumbers> rows) {
  const bool fixed = policy.mode == Mode::kScreenConfirm ||
                     policy.correction == Correction::kBonferroni;
  const double equal = policy.alpha / double(rows.size());
  const double worse = fixed ? equal : Level(policy, rows, PWorse);
  const double better = fixed ? equal : Level(policy, rows, PBetter);
  for (NoisyNumbers& row : rows) {
    row.alpha_row = PointsToWorse(row) ? worse : better;
  }
}

}  // namespace opstat::compare
