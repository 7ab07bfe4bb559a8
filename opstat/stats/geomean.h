#pragma once

#include <span>

namespace opstat::stats {

/// The geometric mean; NaN when there is no value or one is not positive, as
/// benchstat's GeoMean. Agrees with scipy.stats.gmean. Pure.
double GeometricMean(std::span<const double> values);

}  // namespace opstat::stats
