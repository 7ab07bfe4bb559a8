#pragma once

#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "opstat/compare/search.h"

namespace opstat::compare {

/// Commits 0..64 whose processes take the time that `time_of` says, with
/// lognormal noise between them.
class SimulatedCommits {
 public:
  static constexpr std::size_t kLast = 64;

  SimulatedCommits(unsigned seed, double spread,
                   std::function<double(std::size_t)> time_of)
      : random_(seed), noise_(0, spread), time_of_(std::move(time_of)) {}

  /// A commit with the time 0 cannot be built.
  Measured Measure(std::span<const std::size_t> commits, std::size_t rounds) {
    if (std::vector(commits.begin(), commits.end()) != commits_) {
      commits_.assign(commits.begin(), commits.end());
      samples_.assign(commits.size(), {});
    }
    for (std::size_t i = 0; i < commits.size(); ++i) {
      if (time_of_(commits[i]) == 0) return {{}, "does not build"};
      for (; samples_[i].size() < rounds; ++processes)
        samples_[i].push_back(time_of_(commits[i]) * std::exp(noise_(random_)));
    }
    return {samples_, {}};
  }

  SearchResult Find(const SearchPolicy& policy = {}) {
    return FindNoisy(
        kLast, [this](auto commits, auto n) { return Measure(commits, n); },
        policy);
  }

  std::size_t processes = 0;

 private:
  std::mt19937 random_;
  std::normal_distribution<double> noise_;
  std::function<double(std::size_t)> time_of_;
  std::vector<std::size_t> commits_;
  std::vector<std::vector<double>> samples_;
};

}  // namespace opstat::compare
