#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace opstat::stats {

/// The coefficient of variation of the values' middle half, which one slow
/// sample cannot blow up: interquartile range / 1.349 over median. Of normal
/// values it is standard deviation over mean. NaN for fewer than two values or
/// a median of 0. Agrees with scipy.stats.iqr(values, scale="normal") /
/// numpy.median(values).
/// REQUIRES: no NaN. Pure.
double RobustVariation(std::span<const double> values);

/// The smallest relative change that a one-sided Mann-Whitney test at `alpha`
/// finds with probability `power` in `n` samples a side whose coefficient of
/// variation is `cv`, of normal noise: (z(alpha) + z(power)) cv sqrt(2 / m),
/// m = n 3/pi - z(alpha)^2 / 4. There the test is worth 3/pi of Student's
/// (Hodges and Lehmann, 1956), and the last term stands for the estimated
/// variance (Guenther, 1981).
/// Absent where n is so small that no samples reach alpha: 1 / C(2n, n) is the
/// least p there is. Simulated power at the answer: tests/stats.
/// REQUIRES: n >= 1, cv >= 0, 0 < alpha < 1, 0 < power < 1. Pure.
std::optional<double> DetectableChange(double cv, std::int64_t n, double alpha,
                                       double power);

}  // namespace opstat::stats
