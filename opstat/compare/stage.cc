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
Screened ScreenOf(const Row& row, const Draft& draft) {
  return {row.baseline_samples.first(draft.baseline_screened),
          row.contender_samples.first(draft.contender_screened)};
}

std::uint32_t CountScreened(std::span<const double> samples,
                            const benchfmt::Benchmark* side, const Row& row,
                            const Policy& policy) {
  const std::size_t measured =
      CountMeasured(side, row.unit, std::size_t(policy.screen_rounds));
  return std::uint32_t(std::min(samples.size(), measured));
}

}  // namespace

void ChooseStage(Row& row, Draft& draft, const Policy& policy) {
  if (policy.mode == Mode::kOneShot) return;
  draft.baseline_screened =
      CountScreened(row.baseline_samples, draft.baseline, row, policy);
  draft.contender_screened =
      CountScreened(row.contender_samples, draft.contender, row, policy);
  const Screened screen = ScreenOf(row, draft);
  const bool fresh = screen.baseline.size() < row.baseline_samples.size() &&
                     screen.contender.size() < row.contender_samples.size();
  draft.stage = fresh ? Stage::kConfirmed : Stage::kScreen;
  if (fresh) return;
  row.baseline_samples = screen.baseline;
  row.contender_samples = screen.contender;
}

double ScreenP(const Row& row, const Draft& draft) {
  const Screened screen = ScreenOf(row, draft);
  const stats::OneSidedP p = stats::MannWhitneyOneSided(
      screen.baseline, screen.contender, kSuggestive);
  return std::min(p.greater, p.less);
}

}  // namespace opstat::compare
