#include "opstat/stats/geomean.h"

#include <cmath>
#include <limits>

namespace opstat::stats {

double GeometricMean(std::span<const double> values) {
  double sum = 0;
  for (double value : values) {
    if (!(value > 0)) return std::numeric_limits<double>::quiet_NaN();
    sum += std::log(value);
  }
  return std::exp(sum / double(values.size()));
}

}  // namespace opstat::stats
