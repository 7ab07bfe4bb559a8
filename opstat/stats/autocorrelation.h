#pragma once

#include <span>

namespace opstat::stats {

/// How much a value resembles the one measured before it: the lag-1
/// autocorrelation in [-1, 1] (Box and Jenkins 1976, r_1). 0 when there are
/// fewer than two values or all are equal. Of independent values it is near
/// 0 +- 1/sqrt(n). Agrees with statsmodels' acf(x, nlags=1)[1]. Pure.
double Lag1Autocorrelation(std::span<const double> values);

}  // namespace opstat::stats
