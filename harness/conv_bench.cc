// The flagship workload: convolutions by every algorithm that can do the shape,
// with scratch allocated per call, taken from a pool and mapped per call, in
// both precisions. An op is a fresh output tensor and one Run(), as a layer of
// a network does it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <exception>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/conv2d.h"

namespace opstat::harness {
namespace {

using engine::Algorithm;
using engine::Conv2dPlan;
using engine::Conv2dShape;
using engine::Scratch;

struct NamedShape {
  const char* name;
  Conv2dShape shape;
};

Conv2dShape Conv3x3(int c_in, int size, int c_out, int stride) {
  Conv2dShape shape;
  shape.c_in = c_in;
  shape.h = shape.w = size;
  shape.c_out = c_out;
  shape.kh = shape.kw = 3;
  shape.pad_top = shape.pad_left = shape.pad_bottom = shape.pad_right = 1;
  shape.stride_h = shape.stride_w = stride;
  return shape;
}

template <class T>
std::vector<T> RandomTensor(std::size_t elements, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<T> uniform(-1, 1);
  std::vector<T> tensor(elements);
  std::generate(tensor.begin(), tensor.end(), [&] { return uniform(random); });
  return tensor;
}

template <class T>
void Conv2d(benchmark::State& state, const Conv2dShape& shape,
            Algorithm algorithm, Scratch scratch) {
  const Conv2dPlan<T> plan(shape, algorithm, scratch);
  const auto x = RandomTensor<T>(plan.input_elements(), 1);
  const auto weights = RandomTensor<T>(plan.weight_elements(), 2);
  for (auto _ : state) {
    const auto y = std::make_unique_for_overwrite<T[]>(plan.output_elements());
    plan.Run(x.data(), weights.data(), nullptr, y.get());
    benchmark::DoNotOptimize(y.get());
    benchmark::ClobberMemory();
  }
}

template <class T>
void Register(const NamedShape& named, Algorithm algorithm,
              const std::string& dtype) {
  const std::string name = "Conv2D/algo:" + std::string(Name(algorithm)) +
                           "/shape:" + named.name + "/dtype:" + dtype +
                           "/scratch:";
  for (const Scratch scratch :
       {Scratch::kAllocating, Scratch::kPooled, Scratch::kMapped}) {
    benchmark::RegisterBenchmark((name + std::string(Name(scratch))).c_str(),
                                 Conv2d<T>, named.shape, algorithm, scratch);
  }
}

Conv2dShape Pointwise(int c_in, int size, int c_out) {
  Conv2dShape shape;
  shape.c_in = c_in;
  shape.h = shape.w = size;
  shape.c_out = c_out;
  return shape;
}

Conv2dShape Depthwise(int channels, int size) {
  Conv2dShape shape = Conv3x3(channels, size, channels, 1);
  shape.groups = channels;
  return shape;
}

const std::array<NamedShape, 5>& Shapes() {
  static const std::array<NamedShape, 5> shapes = {
      {{"GEMM", Conv3x3(32, 64, 64, 1)},
       {"Deep", Conv3x3(64, 32, 128, 1)},
       {"Strided", Conv3x3(16, 64, 32, 2)},
       {"Pointwise", Pointwise(128, 32, 128)},
       {"Depthwise", Depthwise(64, 64)}}};
  return shapes;
}

bool CanDo(const Conv2dShape& shape, Algorithm algorithm) {
  try {
    engine::ChooseAlgorithm(shape, algorithm);
    return true;
  } catch (const engine::AlgorithmError&) {
    return false;
  }
}

void RegisterAll() {
  for (const Algorithm algorithm :
       {Algorithm::kIm2col, Algorithm::kDirect, Algorithm::kPointwise,
        Algorithm::kDepthwise})
    for (const NamedShape& named : Shapes()) {
      if (!CanDo(named.shape, algorithm)) continue;
      Register<float>(named, algorithm, "f32");
      Register<double>(named, algorithm, "f64");
    }
}

// A plan is what chooses the instruction set, or refuses the one asked for.
std::string ChosenIsa() {
  return Conv2dPlan<float>(Shapes()[0].shape, Algorithm::kIm2col,
                           Scratch::kPooled)
      .isa();
}

int Run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::AddCustomContext("opstat.isa", ChosenIsa());
  RegisterAll();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace
}  // namespace opstat::harness

int main(int argc, char** argv) {
  try {
    return opstat::harness::Run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << "\n";
    return 1;
  }
}
