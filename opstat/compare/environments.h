#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "opstat/benchfmt/run.h"

namespace opstat::compare {

/// Which of many runs can stand in one series: times of one host (and of no
/// sanitizer), exact counts where comparability.h compares them. A run joins
/// the first environment that it can be compared with.
class Environments {
 public:
  /// The number of the run's environment for this unit; equal numbers can be
  /// compared.
  int Of(const std::shared_ptr<const benchfmt::Run>& run,
         std::string_view unit);

 private:
  struct Kind {
    std::vector<std::shared_ptr<const benchfmt::Run>> first;  ///< of each
    std::map<const benchfmt::Run*, int> known;
  };
  Kind noisy_, exact_;
};

}  // namespace opstat::compare
