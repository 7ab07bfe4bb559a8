#include "engine/im2col.h"

#include <algorithm>

namespace opstat::engine {
namespace {

/// One axis as one kernel tap sees it: output o reads input o * stride +
/// offset, which is inside the input for o in [begin, end) and padding
/// elsewhere.
struct TapAxis {
  std::int64_t outputs, stride, offset, begin, end;
};

TapAxis MakeTapAxis(std::int64_t inputs, std::size_t outputs,
                    std::int64_t stride, std::int64_t offset) {
  const auto count = static_cast<std::int64_t>(outputs);
  const auto first_at_or_above = [&](std::int64_t input) {
    const std::int64_t distance = input - offset;
    const std::int64_t o = distance <= 0 ? 0 : (distance - 1) / stride + 1;
    return std::min(o, count);
  };
  return {.outputs = count,
          .stride = stride,
          .offset = offset,
          .begin = first_at_or_above(0),
          .end = first_at_or_above(inputs)};
}

template <class T>
void CopyStrided(const T* source, std::int64_t stride, std::int64_t count,
                 T* target) {
  // A constant stride lets the compiler use vectors.
  if (stride == 1) {
    std::copy_n(source, count, target);
  } else if (stride == 2) {
    for (std::int64_t i = 0; i < count; ++i) target[i] = source[2 * i];
  } else {
    for (std::int64_t i = 0; i < count; ++i) target[i] = source[stride * i];
  }
}

/// One tap over one plane [h][w] -> [oh][ow].
template <class T>
void TapPlane(const T* plane, std::int64_t w, const TapAxis& rows,
              const TapAxis& cols, T* out) {
  if (cols.begin == cols.end) {
    std::fill_n(out, rows.outputs * cols.outputs, T{0});
    return;
  }
  std::fill_n(out, rows.begin * cols.outputs, T{0});
  for (std::int64_t oh = rows.begin; oh < rows.end; ++oh) {
    T* row = out + oh * cols.outputs;
    const T* source = plane + (oh * rows.stride + rows.offset) * w +
                      (cols.begin * cols.stride + cols.offset);
    std::fill_n(row, cols.begin, T{0});
    CopyStrided(source, cols.stride, cols.end - cols.begin, row + cols.begin);
    std::fill(row + cols.end, row + cols.outputs, T{0});
  }
  std::fill(out + rows.end * cols.outputs, out + rows.outputs * cols.outputs,
            T{0});
}

}  // namespace

template <class T>
void Im2Col(const Conv2dShape& s, const LoweredShape& lowered, const T* x,
            T* columns) {
  for (std::int64_t c = 0; c < s.c_in; ++c) {
    for (std::int64_t kh = 0; kh < s.kh; ++kh) {
      const TapAxis rows =
          MakeTapAxis(s.h, lowered.out_h, s.stride_h, kh * s.dil_h - s.pad_top);
      for (std::int64_t kw = 0; kw < s.kw; ++kw) {
        const TapAxis cols = MakeTapAxis(s.w, lowered.out_w, s.stride_w,
                                         kw * s.dil_w - s.pad_left);
        for (std::int64_t n = 0; n < s.n; ++n, columns += lowered.plane) {
          TapPlane(x + (n * s.c_in + c) * s.h * s.w, s.w, rows, cols, columns);
        }
      }
    }
  }
}

template void Im2Col(const Conv2dShape&, const LoweredShape&, const float*,
                     float*);
template void Im2Col(const Conv2dShape&, const LoweredShape&, const double*,
                     double*);

}  // namespace opstat::engine
