#include "tests/error_rates/suite.h"

#include <string>

#include "opstat/compare/confirm.h"

namespace opstat::error_rates {
namespace {

constexpr int kConfirmPerScreen = 2;

bool IsOuter(std::size_t place) { return place % 4 == 0 || place % 4 == 3; }

// A baseline and a contender, measured by turns.
class Session {
 public:
  Session(const Experiment& experiment, Random& random)
      : experiment_(experiment), random_(random), runs_(2) {
    for (benchfmt::Run& run : runs_) {
      run.session = "simulated";
      run.process_samples = true;
      for (int i = 0; i < kBenchmarks; ++i) {
        run.benchmarks.push_back({std::to_string(i), {{"sec/op", {}}}});
      }
    }
  }

  // One stage: noise has no memory of the stage before.
  void Measure(std::size_t benchmark, int rounds) {
    const std::vector<double> noise =
        experiment_.noise.draw(random_, 2 * rounds);
    for (std::size_t t = 0; t < noise.size(); ++t) {
      const bool contender = !IsOuter(t);
      std::vector<double>& values =
          runs_[contender].benchmarks[benchmark].measurements[0].values;
      const double place =
          IsOuter(values.size()) ? experiment_.outer_places : 1;
      values.push_back(noise[t] * place * (contender ? experiment_.shift : 1));
    }
  }

  compare::Comparison Compare(const compare::Policy& policy) const {
    return compare::Compare(compare::ColumnsByRun(runs_), policy);
  }

 private:
  const Experiment& experiment_;
  Random& random_;
  std::vector<benchfmt::Run> runs_;
};

}  // namespace

SuiteResult RunSuite(const Experiment& experiment, Random& random) {
  compare::Policy policy;
  policy.mode = compare::Mode::kScreenConfirm;
  policy.screen_rounds = experiment.rounds;
  policy.confirm_rounds = kConfirmPerScreen * experiment.rounds;
  Session session(experiment, random);
  for (std::size_t i = 0; i < kBenchmarks; ++i) {
    session.Measure(i, policy.screen_rounds);
  }
  SuiteResult suite{.screen = session.Compare(policy), .result = {}};
  for (const std::string& name : compare::BenchmarksToConfirm(suite.screen)) {
    session.Measure(std::stoul(name), policy.confirm_rounds);
  }
  suite.result = session.Compare(policy);
  return suite;
}

}  // namespace opstat::error_rates
