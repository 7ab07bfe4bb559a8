#include "opstat/stats/autocorrelation.h"

#include <cstddef>
#include <numeric>

namespace opstat::stats {

double Lag1Autocorrelation(std::span<const double> values) {
  if (values.size() < 2) return 0;
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) /
                      double(values.size());
  double lagged = 0;
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double centered = values[i] - mean;
    squares += centered * centered;
    if (i > 0) lagged += centered * (values[i - 1] - mean);
  }
  return squares > 0 ? lagged / squares : 0;
}

}  // namespace opstat::stats
