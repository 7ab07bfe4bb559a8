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
  void Test(std::span<const double> samples) {
    constexpr double kLevel = 0.05;
    std::vector<double>* halves = halves_;
    for (int side = 0; side < 2; ++side) halves[side].clear();
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const bool outer = i % 4 == 0 || i % 4 == 3;
      halves[outer ? 0 : 1].push_back(samples[i]);
    }
    stats::MannWhitney test(halves[0], halves[1]);
    ++tests_;
    fired_ += test.TwoSided() <= kLevel;
    sizes_ += test.Size(kLevel);
  }

  SelfCheck Result() const {
    constexpr double kSure = 0.999;
    const double size = tests_ == 0 ? 0 : sizes_ / tests_;
    return {tests_, fired_, stats::BinomialQuantile(tests_, size, kSure)};
  }

 private:
  int tests_ = 0;
  int fired_ = 0;
  double sizes_ = 0;               // sum of the tests' exact sizes
  std::vector<double> halves_[2];  // of the samples tested last
};

}  // namespace

SelfCheck CheckHalves(std::span<const Row> rows) {
  Tally tally;
  std::set<std::pair<const Subject*, std::string_view>> baselines;
  const bool shared = std::ranges::any_of(
      rows, [](const Row& row) { return row.contender_index > 0; });
  for (const Row& row : rows) {
    if (!row.alpha_row) continue;
    if (!shared || baselines.emplace(row.subject.get(), row.unit).second) {
      tally.Test(row.baseline_samples);
    }
    tally.Test(row.contender_samples);
  }
  return tally.Result();
}

}  // namespace opstat::compare
