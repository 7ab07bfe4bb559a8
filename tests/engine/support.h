#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/conv2d.h"

namespace opstat::engine {

/// Sets OPSTAT_ISA while it lives; nullptr removes it.
class ScopedIsa {
 public:
  explicit ScopedIsa(const char* isa) {
    if (const char* before = std::getenv("OPSTAT_ISA")) before_ = before;
    Set(isa);
  }
  ~ScopedIsa() { Set(before_.empty() ? nullptr : before_.c_str()); }
  ScopedIsa(const ScopedIsa&) = delete;
  ScopedIsa& operator=(const ScopedIsa&) = delete;

 private:
  static void Set(const char* isa) {
    if (isa == nullptr) {
      unsetenv("OPSTAT_ISA");
    } else {
      setenv("OPSTAT_ISA", isa, 1);
    }
  }

  std::string before_;
};

struct NamedShape {
  const char* name;
  Conv2dShape shape;
};

/// Small shapes that between them take every branch of every algorithm.
// NOLINTNEXTLINE(readability-function-size): a table.
inline const std::vector<NamedShape>& TestShapes() {
  static const std::vector<NamedShape> shapes = {
      {"seed gemm",
       {.c_in = 8, .h = 16, .w = 16, .c_out = 32, .kh = 3, .kw = 3}},
      {"seed scalar",
       {.c_in = 4, .h = 10, .w = 10, .c_out = 6, .kh = 3, .kw = 3}},
      {"seed padded",
       {.c_in = 8,
        .h = 12,
        .w = 12,
        .c_out = 16,
        .kh = 3,
        .kw = 3,
        .pad_top = 1,
        .pad_left = 1,
        .pad_bottom = 1,
        .pad_right = 1}},
      {"seed strided",
       {.c_in = 8,
        .h = 16,
        .w = 16,
        .c_out = 16,
        .kh = 3,
        .kw = 3,
        .stride_h = 2,
        .stride_w = 2}},
      {"a different pad on each side",
       {.c_in = 3,
        .h = 7,
        .w = 9,
        .c_out = 5,
        .kh = 3,
        .kw = 4,
        .pad_top = 1,
        .pad_left = 3,
        .pad_bottom = 0,
        .pad_right = 2}},
      {"pads wider than the kernel",
       {.c_in = 2,
        .h = 2,
        .w = 3,
        .c_out = 3,
        .kh = 2,
        .kw = 2,
        .pad_top = 4,
        .pad_left = 5,
        .pad_bottom = 3,
        .pad_right = 4,
        .stride_w = 2}},
      {"a different dilation and stride on each axis",
       {.c_in = 3,
        .h = 13,
        .w = 17,
        .c_out = 4,
        .kh = 3,
        .kw = 2,
        .pad_top = 2,
        .pad_left = 1,
        .pad_bottom = 1,
        .pad_right = 2,
        .stride_h = 1,
        .stride_w = 3,
        .dil_h = 2,
        .dil_w = 4}},
      {"stride larger than the kernel",
       {.c_in = 2,
        .h = 11,
        .w = 12,
        .c_out = 3,
        .kh = 2,
        .kw = 2,
        .stride_h = 3,
        .stride_w = 4}},
      {"groups and batch",
       {.n = 2,
        .c_in = 6,
        .h = 8,
        .w = 7,
        .c_out = 9,
        .kh = 3,
        .kw = 3,
        .pad_top = 1,
        .pad_left = 1,
        .pad_bottom = 1,
        .pad_right = 1,
        .groups = 3}},
      {"depthwise",
       {.c_in = 7,
        .h = 9,
        .w = 9,
        .c_out = 7,
        .kh = 3,
        .kw = 3,
        .pad_top = 1,
        .pad_left = 1,
        .pad_bottom = 1,
        .pad_right = 1,
        .groups = 7}},
      {"depthwise, two outputs a channel, batch 3",
       {.n = 3,
        .c_in = 3,
        .h = 6,
        .w = 5,
        .c_out = 6,
        .kh = 2,
        .kw = 3,
        .stride_h = 2,
        .groups = 3}},
      {"kernel as large as the input",
       {.n = 1, .c_in = 5, .h = 4, .w = 6, .c_out = 17, .kh = 4, .kw = 6}},
      {"one of everything", {}},
      {"primes",
       {.n = 2, .c_in = 13, .h = 11, .w = 19, .c_out = 29, .kh = 5, .kw = 3}},
      {"two k blocks and several column blocks",
       {.c_in = 80, .h = 18, .w = 16, .c_out = 15, .kh = 3, .kw = 3}},
      {"more rows than are taken together",
       {.c_in = 80, .h = 5, .w = 6, .c_out = 301, .kh = 3, .kw = 3}},
      {"rows of whole tiles",
       {.c_in = 3,
        .h = 5,
        .w = 64,
        .c_out = 15,
        .kh = 3,
        .kw = 3,
        .pad_top = 1,
        .pad_left = 1,
        .pad_bottom = 1,
        .pad_right = 1}},
      {"a small map of many channels",
       {.c_in = 90,
        .h = 7,
        .w = 7,
        .c_out = 67,
        .kh = 3,
        .kw = 3,
        .pad_top = 1,
        .pad_left = 1,
        .pad_bottom = 1,
        .pad_right = 1}},
      {"a small strided map of many channels, batch 2",
       {.n = 2,
        .c_in = 40,
        .h = 13,
        .w = 15,
        .c_out = 64,
        .kh = 3,
        .kw = 3,
        .pad_top = 1,
        .pad_left = 2,
        .pad_bottom = 1,
        .pad_right = 1,
        .stride_h = 2,
        .stride_w = 2}},
      {"dilated, pads as wide as the reach",
       {.c_in = 6,
        .h = 9,
        .w = 9,
        .c_out = 33,
        .kh = 3,
        .kw = 3,
        .pad_top = 4,
        .pad_left = 4,
        .pad_bottom = 4,
        .pad_right = 4,
        .dil_h = 4,
        .dil_w = 4}},
      {"several bands",
       {.c_in = 130,
        .h = 37,
        .w = 53,
        .c_out = 3,
        .kh = 3,
        .kw = 5,
        .pad_top = 1,
        .pad_left = 2,
        .pad_bottom = 1,
        .pad_right = 2}},
      {"several bands, strided, odd width",
       {.c_in = 60,
        .h = 63,
        .w = 71,
        .c_out = 5,
        .kh = 3,
        .kw = 3,
        .pad_top = 1,
        .pad_left = 1,
        .stride_h = 2,
        .stride_w = 2}},
      {"depthwise 5x5 with stride and a wide map",
       {.c_in = 3,
        .h = 20,
        .w = 141,
        .c_out = 6,
        .kh = 5,
        .kw = 5,
        .pad_top = 2,
        .pad_left = 2,
        .pad_bottom = 2,
        .pad_right = 2,
        .stride_h = 2,
        .stride_w = 2,
        .groups = 3}},
      {"a small pointwise map of many channels",
       {.n = 2, .c_in = 96, .h = 7, .w = 7, .c_out = 70}},
      {"pointwise", {.c_in = 12, .h = 9, .w = 11, .c_out = 20}},
      {"pointwise with groups and batch",
       {.n = 3, .c_in = 8, .h = 5, .w = 7, .c_out = 6, .groups = 2}},
      {"1x1 with stride",
       {.n = 2,
        .c_in = 4,
        .h = 9,
        .w = 8,
        .c_out = 5,
        .stride_h = 2,
        .stride_w = 2}},
      {"1x1 with pads",
       {.c_in = 4, .h = 5, .w = 5, .c_out = 3, .pad_top = 1, .pad_right = 2}}};
  return shapes;
}

/// Every algorithm that can do `shape`, and kAuto.
inline std::vector<Algorithm> AlgorithmsFor(const Conv2dShape& shape) {
  std::vector<Algorithm> algorithms = {Algorithm::kAuto, Algorithm::kIm2col,
                                       Algorithm::kDirect};
  for (const Algorithm a : {Algorithm::kPointwise, Algorithm::kDepthwise}) {
    try {
      ChooseAlgorithm(shape, a);
      algorithms.push_back(a);
    } catch (const AlgorithmError&) {
      // Cannot do it, as it says.
    }
  }
  return algorithms;
}

constexpr Scratch kPolicies[] = {Scratch::kAllocating, Scratch::kPooled,
                                 Scratch::kMapped};

template <class T>
struct ConvData {
  std::vector<T> x, w, bias;
};

/// The seed's data: exact in float, so it shows a wrong index but no rounding.
template <class T>
ConvData<T> SeedData(const Conv2dPlan<T>& plan) {
  ConvData<T> data;
  for (std::size_t i = 0; i < plan.input_elements(); ++i) {
    data.x.push_back(static_cast<T>((static_cast<double>(i % 13) - 6) * 0.25));
  }
  for (std::size_t i = 0; i < plan.weight_elements(); ++i) {
    data.w.push_back(static_cast<T>((static_cast<double>(i % 7) - 3) * 0.5));
  }
  return data;
}

/// Random values in [-1, 1) that need every bit of T, and a bias.
template <class T>
ConvData<T> RandomData(const Conv2dPlan<T>& plan) {
  std::mt19937_64 bits(20240607);
  const auto fill = [&](std::vector<T>& values, std::size_t size) {
    values.resize(size);
    for (T& v : values) {
      v = static_cast<T>(static_cast<double>(bits() >> 11) * 0x1p-52 - 1);
    }
  };
  ConvData<T> data;
  fill(data.x, plan.input_elements());
  fill(data.w, plan.weight_elements());
  fill(data.bias, static_cast<std::size_t>(plan.shape().c_out));
  return data;
}

/// The plan's output, into memory of NaN so that a gap would show.
template <class T>
std::vector<T> Output(const Conv2dPlan<T>& plan, const ConvData<T>& data) {
  std::vector<T> y(plan.output_elements(), std::numeric_limits<T>::quiet_NaN());
  plan.Run(data.x.data(), data.w.data(),
           data.bias.empty() ? nullptr : data.bias.data(), y.data());
  return y;
}

template <class T>
constexpr double kTolerance = std::is_same_v<T, float> ? 1e-4 : 1e-12;

/// |got - want| <= tolerance * (1 + |want|) everywhere; NaN never is.
template <class T>
void ExpectClose(const std::vector<T>& got, const std::vector<T>& want) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double g = got[i], w = want[i];
    ASSERT_TRUE(std::abs(g - w) <= kTolerance<T> * (1 + std::abs(w)))
        << "element " << i << ": " << g << ", want " << w;
  }
}

template <class T>
void ExpectSameBits(const std::vector<T>& got, const std::vector<T>& want) {
  using Bits = std::conditional_t<std::is_same_v<T, float>, std::uint32_t,
                                  std::uint64_t>;
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    ASSERT_EQ(std::bit_cast<Bits>(got[i]), std::bit_cast<Bits>(want[i]))
        << "element " << i << ": " << got[i] << ", want " << want[i];
  }
}

/// Equal values; 0 and -0 are. A sum of products may be either, by its order.
template <class T>
void ExpectSameValues(const std::vector<T>& got, const std::vector<T>& want) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    ASSERT_EQ(got[i], want[i]) << "element " << i;
  }
}

using Dtypes = ::testing::Types<float, double>;

}  // namespace opstat::engine
