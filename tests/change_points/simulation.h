#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/error_rates/noise.h"
#include "tests/error_rates/rates.h"

namespace opstat::change_points {

/// Noise of one program from run to run; the first five are judged.
std::vector<error_rates::NoiseModel> SeriesNoise();
inline constexpr std::size_t kJudged = 5;

/// Series in which nothing changes.
struct FalsePoints {
  error_rates::NoiseModel noise;
  int length = 0;
  error_rates::Count firm{}, any{};  ///< series with such a point
};

/// Series of 1% normal noise that grow by a step, `after` runs ago.
struct Detection {
  double step = 0;
  int before = 0, after = 0;
  /// Found, provisionally or firmly, one run off at most: with exactly that
  /// many runs, and with that many or fewer.
  error_rates::Count now{}, until_now{};
};

FalsePoints MeasureFalsePoints(const error_rates::NoiseModel& noise, int length,
                               int series, std::uint64_t seed);
std::vector<Detection> MeasureDetection(double step, int before, int most_after,
                                        int series, std::uint64_t seed);

/// Two tables, each rate with its 95% interval.
std::string Markdown(const std::vector<FalsePoints>& cells,
                     const std::vector<Detection>& detections);

/// A sentence for each goal that is missed. Of 100 runs: a firm point in at
/// most 1% of series of normal and log-normal noise, any in at most 5% of those
/// of outliers and correlated noise. A step of 5% is found within 5 runs, after
/// 50 or more, in at least 95%.
std::vector<std::string> MissedGoals(const std::vector<FalsePoints>& cells,
                                     const std::vector<Detection>& detections);

}  // namespace opstat::change_points
