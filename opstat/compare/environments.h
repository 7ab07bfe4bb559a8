#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::compare {

/// Which of many runs can stand in one series: times of one host (and of no
/// sanitizer), exact counts where comparability.h compares them. A run joins
/// the first environment that it can be compared with.
class Environments {
 public:
  /// What tells the series of a run from those of others.
  struct Place {
    int number = 0;  ///< of the environment; equal numbers can be compared
    std::string_view branch, host;  ///< of the run's facts
  };
  /// Of this unit in the run.
  Place Of(const std::shared_ptr<const benchfmt::Run>& run,
           std::string_view unit);

 private:
  struct Kind {
    std::vector<std::shared_ptr<const benchfmt::Run>> first;  ///< of each
    std::unordered_map<const benchfmt::Run*, Place> known;
  };
  Kind noisy_, exact_;
};

}  // namespace opstat::compare
