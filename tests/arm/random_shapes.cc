// The engine on an Arm CPU, by ci/arm under an emulator: random shapes of small
// integers, where every algorithm must give the reference's bits. Prints what
// differs and returns how many did.
#include <hwy/targets.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "engine/conv2d.h"
#include "engine/dispatch.h"

// The one thing that is needed of Highway's library: every such CPU has it.
int64_t hwy::SupportedTargets() { return HWY_NEON; }

namespace opstat::engine {
namespace {

constexpr int kShapes = 400;

class RandomShapes {
 public:
  Conv2dShape Next() {
    Conv2dShape s{.n = Between(1, 2), .h = Between(1, 24), .w = Between(1, 40)};
    s.groups = Between(0, 2) > 0 ? 1 : Between(1, 4);
    s.c_in = s.groups * (Between(0, 3) > 0 ? Between(1, 5) : 1);
    s.c_out = s.groups * Between(1, 20);
    if (Between(0, 4) == 0) return s;  // pointwise
    for (auto* size : {&s.kh, &s.kw}) *size = Between(1, 4);
    for (auto* stride : {&s.stride_h, &s.stride_w}) *stride = Between(1, 3);
    for (auto* dilation : {&s.dil_h, &s.dil_w}) *dilation = Between(1, 2);
    for (auto* pad : {&s.pad_top, &s.pad_left, &s.pad_bottom, &s.pad_right})
      *pad = Between(0, 2);
    return s;
  }

 private:
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }

  std::mt19937 random_{20261126};
};

template <class T>
std::vector<T> Integers(std::size_t size) {
  std::vector<T> values(size);
  for (std::size_t i = 0; i < size; ++i)
    values[i] = static_cast<T>(static_cast<int>(i * i % 13) - 6);
  return values;
}

template <class T>
std::vector<T> Output(const Conv2dShape& shape, Algorithm algorithm) {
  const Conv2dPlan<T> plan(shape, algorithm);
  std::vector<T> y(plan.output_elements());
  plan.Run(Integers<T>(plan.input_elements()).data(),
           Integers<T>(plan.weight_elements()).data(), nullptr, y.data());
  return y;
}

struct Tally {
  int runs = 0, wrong = 0;
};

template <class T>
void Check(const Conv2dShape& shape, Tally& tally) try {
  const auto expected = Output<T>(shape, Algorithm::kReference);
  for (const auto algorithm :
       {Algorithm::kAuto, Algorithm::kIm2col, Algorithm::kDirect,
        Algorithm::kPointwise, Algorithm::kDepthwise})
    try {
      ++tally.runs;
      if (Output<T>(shape, algorithm) != expected) ++tally.wrong;
    } catch (const AlgorithmError&) {
      --tally.runs;
    }
} catch (const ShapeError&) {  // a kernel larger than the input
}

int Run(const char* isa) {
  setenv("OPSTAT_ISA", isa, 1);
  RandomShapes shapes;
  Tally tally;
  for (int i = 0; i < kShapes; ++i) {
    const Conv2dShape shape = shapes.Next();
    Check<float>(shape, tally);
    Check<double>(shape, tally);
  }
  std::printf("%s: %d convolutions, %d wrong\n", isa, tally.runs, tally.wrong);
  return tally.wrong + (tally.runs == 0 ? 1 : 0);
}

}  // namespace
}  // namespace opstat::engine

int main() {
  return opstat::engine::Run("neon") + opstat::engine::Run("scalar") == 0 ? 0
                                                                          : 1;
}
