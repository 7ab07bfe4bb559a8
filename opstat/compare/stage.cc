#include "opstat/compare/stage.h"

#include <algorithm>

#include "opstat/compare/row_numbers.h"
#include "opstat/stats/mann_whitney.h"

namespace opstat::compare {
namespace {

struct Screened {
  std::vector<double> baseline, contender;
};

Screened ScreenOf(const Draft& draft, const Policy& policy) {
  const auto rounds = std::size_t(policy.screen_rounds);
  return {MeasuredValues(draft.baseline, draft.row.unit, rounds),
          MeasuredValues(draft.contender, draft.row.unit, rounds)};
}

}  // namespace

void ChooseStage(Draft& draft, const Policy& policy) {
  if (policy.mode == Mode::kOneShot) return;
  Row& row = draft.row;
  Screened screen = ScreenOf(draft, policy);
  const bool fresh = screen.baseline.size() < row.baseline_samples.size() &&
                     screen.contender.size() < row.contender_samples.size();
  draft.stage = fresh ? Stage::kConfirmed : Stage::kScreen;
  if (fresh) return;
  row.baseline_samples = std::move(screen.baseline);
  row.contender_samples = std::move(screen.contender);
}

double ScreenP(const Draft& draft, const Policy& policy) {
  const Screened screen = ScreenOf(draft, policy);
  const stats::OneSidedP p = stats::MannWhitneyOneSided(
      screen.baseline, screen.contender, kSuggestive);
  return std::min(p.greater, p.less);
}

}  // namespace opstat::compare
