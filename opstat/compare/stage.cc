#include "opstat/compare/stage.h"

#include <algorithm>

#include "opstat/compare/row_numbers.h"
#include "opstat/stats/mann_whitney.h"

namespace opstat::compare {
namespace {

struct Screened {
  std::span<const double> baseline, contender;
};

// The first of the row's samples.
Screened ScreenOf(const Row& row, const Draft& draft, const Policy& policy) {
  const auto rounds = std::size_t(policy.screen_rounds);
  const auto first = [&](std::span<const double> samples,
                         const benchfmt::Benchmark* side) {
    return samples.first(
        std::min(samples.size(), CountMeasured(side, row.unit, rounds)));
  };
  return {first(row.baseline_samples, draft.baseline),
          first(row.contender_samples, draft.contender)};
}

}  // namespace

void ChooseStage(Row& row, Draft& draft, const Policy& policy) {
  if (policy.mode == Mode::kOneShot) return;
  const Screened screen = ScreenOf(row, draft, policy);
  const bool fresh = screen.baseline.size() < row.baseline_samples.size() &&
                     screen.contender.size() < row.contender_samples.size();
  draft.stage = fresh ? Stage::kConfirmed : Stage::kScreen;
  if (fresh) return;
  row.baseline_samples = screen.baseline;
  row.contender_samples = screen.contender;
}

double ScreenP(const Row& row, const Draft& draft, const Policy& policy) {
  const Screened screen = ScreenOf(row, draft, policy);
  const stats::OneSidedP p = stats::MannWhitneyOneSided(
      screen.baseline, screen.contender, kSuggestive);
  return std::min(p.greater, p.less);
}

}  // namespace opstat::compare
