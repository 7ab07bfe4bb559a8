#include "tests/error_rates/rates.h"

#include <algorithm>
#include <thread>
#include <vector>

namespace opstat::error_rates {
namespace {

using compare::Row;
using compare::Verdict;

bool IsWide(const Row& row, const compare::Comparison& comparison) {
  return !row.bound || *row.bound > comparison.policy.must_see;
}

bool HasVerdict(const compare::Comparison& comparison, Verdict verdict) {
  return std::ranges::count(comparison.rows, verdict, &Row::verdict) > 0;
}

}  // namespace

void Rates::Add(const SuiteResult& suite) {
  const compare::Comparison& result = suite.result;
  regression.Add(HasVerdict(result, Verdict::kRegression));
  improvement.Add(HasVerdict(result, Verdict::kImprovement));
  cannot_tell.Add(result.outcome == 3);
  self_check.Add(result.self_check.Fires());
  for (const Row& row : suite.screen.rows) {
    wide_at_screen.Add(IsWide(row, suite.screen));
  }
  for (const Row& row : result.rows) {
    slower_rows.Add(row.verdict == Verdict::kRegression);
    rerun_rows.Add(row.stage == compare::Stage::kConfirmed);
    wide.Add(IsWide(row, result));
  }
}

void Rates::Add(const Rates& other) {
  regression.Add(other.regression);
  improvement.Add(other.improvement);
  slower_rows.Add(other.slower_rows);
  rerun_rows.Add(other.rerun_rows);
  wide_at_screen.Add(other.wide_at_screen);
  wide.Add(other.wide);
  cannot_tell.Add(other.cannot_tell);
  self_check.Add(other.self_check);
}

Rates Measure(const Experiment& experiment, int suites, std::uint64_t seed,
              int threads) {
  std::vector<Rates> by_thread(static_cast<std::size_t>(threads));
  {
    std::vector<std::jthread> workers;
    for (int thread = 0; thread < threads; ++thread) {
      workers.emplace_back([&, thread] {
        for (int i = thread; i < suites; i += threads) {
          // One stream of numbers a suite, far from the next one's.
          Random random(Random(seed + std::uint64_t(i)).Bits());
          by_thread[std::size_t(thread)].Add(RunSuite(experiment, random));
        }
      });
    }
  }
  Rates total;
  for (const Rates& rates : by_thread) total.Add(rates);
  return total;
}

}  // namespace opstat::error_rates
