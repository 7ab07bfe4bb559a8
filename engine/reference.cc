#include "engine/reference.h"

namespace opstat::engine {
namespace {

/// Sum over the kernel window of one channel at input row `top`, column
/// `left`, which may lie in the padding.
template <class T>
double WindowSum(const Conv2dShape& s, const T* plane, const T* kernel,
                 std::int64_t top, std::int64_t left) {
  double sum = 0;
  for (std::int64_t kh = 0; kh < s.kh; ++kh) {
    const std::int64_t row = top + kh * s.dil_h;
    if (row < 0 || row >= s.h) continue;
    for (std::int64_t kw = 0; kw < s.kw; ++kw) {
      const std::int64_t col = left + kw * s.dil_w;
      if (col < 0 || col >= s.w) continue;
      sum += static_cast<double>(plane[row * s.w + col]) *
             static_cast<double>(kernel[kh * s.kw + kw]);
    }
  }
  return sum;
}

/// One output pixel of output channel `co`, x being one image.
template <class T>
double Pixel(const Conv2dShape& s, const T* x, const T* weights,
             std::int64_t co, std::int64_t top, std::int64_t left) {
  const std::int64_t group_in = s.c_in / s.groups;
  const std::int64_t first = co / (s.c_out / s.groups) * group_in;
  double sum = 0;
  for (std::int64_t c = 0; c < group_in; ++c) {
    sum += WindowSum(s, x + (first + c) * s.h * s.w,
                     weights + (co * group_in + c) * s.kh * s.kw, top, left);
  }
  return sum;
}

}  // namespace

template <class T>
void ReferenceConv2d(const Conv2dShape& s, const T* x, const T* weights,
                     const T* bias, T* y) {
  const auto [images, c_out, out_h, out_w] = OutputShape(s);
  for (std::int64_t n = 0; n < images; ++n, x += s.c_in * s.h * s.w) {
    for (std::int64_t co = 0; co < c_out; ++co) {
      const double start = bias != nullptr ? static_cast<double>(bias[co]) : 0;
      for (std::int64_t oh = 0; oh < out_h; ++oh) {
        for (std::int64_t ow = 0; ow < out_w; ++ow) {
          *y++ = static_cast<T>(start + Pixel(s, x, weights, co,
                                              oh * s.stride_h - s.pad_top,
                                              ow * s.stride_w - s.pad_left));
        }
      }
    }
  }
}

template void ReferenceConv2d(const Conv2dShape&, const float*, const float*,
                              const float*, float*);
template void ReferenceConv2d(const Conv2dShape&, const double*, const double*,
                              const double*, double*);

}  // namespace opstat::engine
