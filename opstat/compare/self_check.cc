#include "opstat/compare/self_check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "opstat/stats/binomial.h"
#include "opstat/stats/mann_whitney.h"

namespace opstat::compare {
namespace {

class Tally {
 public:
  void Test(const std::vector<double>& samples) {
    constexpr double kLevel = 0.05;
    std::vector<double> halves[2];
    for (std::vector<double>& half : halves) half.reserve(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const bool outer = i % 4 == 0 || i % 4 == 3;
      halves[outer ? 0 : 1].push_back(samples[i]);
    }
    for (std::vector<double>& half : halves) std::ranges::sort(half);
    ++tests_;
    fired_ += stats::MannWhitneyTwoSided(halves[0], halves[1]) <= kLevel;
    sizes_ += stats::MannWhitneySize(halves[0], halves[1], kLevel);
  }

  SelfCheck Result() const {
    constexpr double kSure = 0.999;
    const double size = tests_ == 0 ? 0 : sizes_ / tests_;
    return {tests_, fired_, stats::BinomialQuantile(tests_, size, kSure)};
  }

 private:
  int tests_ = 0;
  int fired_ = 0;
  double sizes_ = 0;  // sum of the tests' exact sizes
};

}  // namespace

SelfCheck CheckHalves(std::span<const Row> rows) {
  Tally tally;
  std::set<std::pair<std::string, std::string>> baselines;
  for (const Row& row : rows) {
    if (!row.alpha_row) continue;
    if (baselines.emplace(row.unit, row.benchmark).second) {
      tally.Test(row.baseline_samples);
    }
    tally.Test(row.contender_samples);
  }
  return tally.Result();
}

}  // namespace opstat::compare
