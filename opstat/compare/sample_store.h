#pragma once

#include <span>
#include <vector>

namespace opstat::compare {

/// The values of many samples, in few blocks of memory. What it was given
/// stays where it is for as long as the store lives.
class SampleStore {
 public:
  /// The measured ones of `values`, those that are not NaN, in their order.
  std::span<const double> KeepMeasured(std::span<const double> values);

 private:
  std::vector<std::vector<double>> blocks_;
};

}  // namespace opstat::compare
