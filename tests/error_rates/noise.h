#pragma once

#include <span>
#include <vector>

#include "tests/error_rates/random.h"

namespace opstat::error_rates {

/// A way in which the times of one program vary from process to process: `draw`
/// gives `samples` of them in the order of time, near 1.
struct NoiseModel {
  const char* name;
  const char* what;
  std::vector<double> (*draw)(Random& random, int samples);
};

/// Eight: independent samples, some with heavy tails, and three in which a
/// sample resembles its neighbours in time.
std::span<const NoiseModel> NoiseModels();

}  // namespace opstat::error_rates
