#include "tests/error_rates/noise.h"

#include <cmath>

namespace opstat::error_rates {
namespace {

using Samples = std::vector<double>;

template <class Draw>
Samples Independent(int samples, Draw draw) {
  Samples x;
  for (int t = 0; t < samples; ++t) x.push_back(draw());
  return x;
}

Samples Normal1(Random& r, int n) {
  return Independent(n, [&] { return 1 + 0.01 * r.Normal(); });
}

Samples Normal3(Random& r, int n) {
  return Independent(n, [&] { return 1 + 0.03 * r.Normal(); });
}

Samples Lognormal2(Random& r, int n) {
  return Independent(n, [&] { return std::exp(0.02 * r.Normal()); });
}

Samples Bimodal(Random& r, int n) {
  return Independent(
      n, [&] { return (1 + 0.005 * r.Normal()) * (r.Chance(0.3) ? 1.05 : 1); });
}

Samples Outliers(Random& r, int n) {
  return Independent(n, [&] {
    const double x = 1 + 0.005 * r.Normal();
    return r.Chance(0.08) ? x * (1 + r.Uniform(0.1, 0.5)) : x;
  });
}

Samples Drift(Random& r, int n) {
  const double end = r.Chance(0.5) ? 0.03 : -0.03;
  int t = 0;
  return Independent(n, [&] {
    const double drift = 1 + end * double(t++) / double(n - 1);
    return (1 + 0.01 * r.Normal()) * drift;
  });
}

Samples Autoregressive(Random& r, int n) {
  constexpr double kMemory = 0.9;
  double state = r.Normal();
  return Independent(n, [&] {
    const double x = 1 + 0.01 * state + 0.003 * r.Normal();
    state = kMemory * state + std::sqrt(1 - kMemory * kMemory) * r.Normal();
    return x;
  });
}

Samples Neighbour(Random& r, int n) {
  const int begin = r.Between(0, n);
  const int end = begin + r.Between(n / 8, n / 2);
  int t = 0;
  return Independent(n, [&] {
    const bool slow = begin <= t && t < end;
    ++t;
    return (1 + 0.005 * r.Normal()) * (slow ? 1.05 : 1);
  });
}

constexpr NoiseModel kModels[] = {
    {"normal 1%", "normal, standard deviation 1%", Normal1},
    {"normal 3%", "normal, standard deviation 3%", Normal3},
    {"lognormal 2%", "log-normal, standard deviation 2%", Lognormal2},
    {"bimodal", "0.5%, and 30% of samples 5% slower", Bimodal},
    {"outliers", "0.5%, and 8% of samples 10 to 50% slower", Outliers},
    {"drift 3%", "1%, and 3% up or down over the stage", Drift},
    {"autoregressive", "lag-1 correlation 0.9, 1%, and 0.3%", Autoregressive},
    {"neighbour", "0.5%, and one spell 5% slower", Neighbour},
};

}  // namespace

std::span<const NoiseModel> NoiseModels() { return kModels; }

}  // namespace opstat::error_rates
