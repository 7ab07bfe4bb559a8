#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace opstat::engine {

/// A two-dimensional convolution (cross-correlation, as ONNX Conv) over dense
/// NCHW tensors:
///     x [n][c_in][h][w]   weights [c_out][c_in/groups][kh][kw]
///     y [n][c_out][oh][ow],  oh = (h + pads - dil_h*(kh-1) - 1) / stride_h + 1
struct Conv2dShape {
  std::int64_t n = 1, c_in = 1, h = 1, w = 1;
  std::int64_t c_out = 1, kh = 1, kw = 1;
  std::int64_t pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;
  std::int64_t stride_h = 1, stride_w = 1;
  std::int64_t dil_h = 1, dil_w = 1;
  std::int64_t groups = 1;

  bool operator==(const Conv2dShape&) const = default;
};

/// A shape that no algorithm here computes; what() names the value and why.
class ShapeError : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The matrix product that the convolution comes down to, once per group:
///     C[m][n] = weights[m][k] * columns[k][n]
/// A column is one output pixel of one image; the batch is folded into n.
struct LoweredShape {
  std::size_t m;      ///< c_out / groups
  std::size_t k;      ///< c_in / groups * kh * kw
  std::size_t n;      ///< images * plane
  std::size_t plane;  ///< oh * ow
  std::size_t groups, images, out_h, out_w;

  std::size_t ColumnElements() const { return groups * k * n; }
  std::size_t OutputElements() const { return groups * m * n; }
};

/// The lowered form of `shape`. Throws ShapeError for a size, stride, dilation
/// or group count below 1, a negative pad, groups that do not divide c_in and
/// c_out, a kernel larger than the padded input, and any tensor or scratch
/// matrix whose bytes (8 an element) do not fit in int64.
LoweredShape Lower(const Conv2dShape& shape);

/// {n, c_out, oh, ow}. Throws as Lower().
std::array<std::int64_t, 4> OutputShape(const Conv2dShape& shape);

}  // namespace opstat::engine
