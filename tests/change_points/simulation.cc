#include "tests/change_points/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "opstat/stats/change_point.h"
#include "tests/error_rates/report.h"

namespace opstat::change_points {
namespace {

using error_rates::NoiseModel;
using error_rates::Percent;
using error_rates::Random;
using Values = std::vector<double>;

Values HalfCorrelated(Random& random, int length) {
  constexpr double kMemory = 0.5;
  Values values;
  double state = random.Normal();
  for (int i = 0; i < length; ++i) {
    values.push_back(1 + 0.01 * state);
    state =
        kMemory * state + std::sqrt(1 - kMemory * kMemory) * random.Normal();
  }
  return values;
}

constexpr NoiseModel kHalfCorrelated = {
    "autoregressive 0.5", "lag-1 correlation 0.5, 1%", HalfCorrelated};

bool Finds(const Values& values, int place) {
  return std::ranges::any_of(stats::FindChangePoints(values),
                             [&](const stats::ChangePoint& point) {
                               return std::abs(int(point.index) - place) <= 1;
                             });
}

}  // namespace

std::vector<NoiseModel> SeriesNoise() {
  // normal 1%, log-normal 2%, outliers, this one; then what shows the limits.
  const auto models = error_rates::NoiseModels();
  return {models[0],       models[1], models[2], models[4],
          kHalfCorrelated, models[3], models[6]};
}

FalsePoints MeasureFalsePoints(const NoiseModel& noise, int length, int series,
                               std::uint64_t seed) {
  FalsePoints cell{.noise = noise, .length = length};
  Random random(seed);
  for (int i = 0; i < series; ++i) {
    const auto points = stats::FindChangePoints(noise.draw(random, length));
    cell.firm.Add(std::ranges::any_of(points, &stats::ChangePoint::firm));
    cell.any.Add(!points.empty());
  }
  return cell;
}

std::vector<Detection> MeasureDetection(double step, int before, int most_after,
                                        int series, std::uint64_t seed) {
  std::vector<Detection> detections;
  for (int after = 1; after <= most_after; ++after)
    detections.push_back({.step = step, .before = before, .after = after});
  Random random(seed);
  const NoiseModel& noise = error_rates::NoiseModels()[0];
  for (int i = 0; i < series; ++i) {
    Values values = noise.draw(random, before);
    bool ever = false;
    for (Detection& detection : detections) {
      values.push_back(noise.draw(random, 1)[0] * (1 + step));
      const bool now = Finds(values, before);
      ever = ever || now;
      detection.now.Add(now);
      detection.until_now.Add(ever);
    }
  }
  return detections;
}

std::string Markdown(const std::vector<FalsePoints>& cells,
                     const std::vector<Detection>& detections) {
  std::string text = fmt::format(
      "{} series a row in which nothing changes; in brackets the 95% "
      "interval.\n\n| noise | runs | a firm point | any point |\n"
      "|---|---|---|---|\n",
      cells.front().any.trials);
  for (const FalsePoints& cell : cells)
    text += fmt::format("| {} | {} | {} | {} |\n", cell.noise.name, cell.length,
                        Percent(cell.firm), Percent(cell.any));
  text += fmt::format(
      "\n{} series a row of 1% normal noise with a step.\n\n| step | runs "
      "before | runs since | found then | found by then |\n"
      "|---|---|---|---|---|\n",
      detections.front().now.trials);
  for (const Detection& one : detections)
    text += fmt::format("| {:+.0f}% | {} | {} | {} | {} |\n", 100 * one.step,
                        one.before, one.after, Percent(one.now),
                        Percent(one.until_now));
  return text + "\nThe noise:\n\n" + [] {
    std::string list;
    for (const NoiseModel& noise : SeriesNoise())
      list += fmt::format("- {}: {}\n", noise.name, noise.what);
    return list;
  }();
}

std::vector<std::string> MissedGoals(const std::vector<FalsePoints>& cells,
                                     const std::vector<Detection>& detections) {
  constexpr int kRuns = 100, kLongEnough = 50, kFewRuns = 5;
  constexpr double kFirm = 0.01, kAny = 0.05, kStep = 0.05, kSeen = 0.95;
  std::vector<std::string> missed;
  const auto models = SeriesNoise();
  for (const FalsePoints& cell : cells) {
    const auto place = std::ranges::find(models, std::string(cell.noise.name),
                                         &NoiseModel::name) -
                       models.begin();
    if (cell.length != kRuns || place >= std::ptrdiff_t(kJudged)) continue;
    constexpr std::ptrdiff_t kIndependent = 3;
    if (place < kIndependent && cell.firm.Rate() > kFirm)
      missed.push_back(fmt::format("{}: a firm point in {}", cell.noise.name,
                                   Percent(cell.firm)));
    if (cell.any.Rate() > kAny)
      missed.push_back(
          fmt::format("{}: a point in {}", cell.noise.name, Percent(cell.any)));
  }
  for (const Detection& one : detections)
    if (one.step == kStep && one.before >= kLongEnough &&
        one.after == kFewRuns && one.until_now.Rate() < kSeen)
      missed.push_back(fmt::format("{} runs before: +5% found in {}",
                                   one.before, Percent(one.until_now)));
  return missed;
}

}  // namespace opstat::change_points
