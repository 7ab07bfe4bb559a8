#include "engine/shape.h"

#include <initializer_list>
#include <string>

namespace opstat::engine {
namespace {

struct NamedValue {
  const char* name;
  std::int64_t value;
};

std::string Text(const NamedValue& v) {
  return std::string(v.name) + " = " + std::to_string(v.value);
}

void RequirePositive(std::initializer_list<NamedValue> values) {
  for (const NamedValue& v : values) {
    if (v.value < 1) throw ShapeError(Text(v) + ": must be at least 1");
  }
}

void RequireNonNegative(std::initializer_list<NamedValue> values) {
  for (const NamedValue& v : values) {
    if (v.value < 0) throw ShapeError(Text(v) + ": must not be negative");
  }
}

void RequireDivides(const NamedValue& groups, const NamedValue& channels) {
  if (channels.value % groups.value != 0) {
    throw ShapeError(Text(groups) + " does not divide " + Text(channels));
  }
}

/// What one axis of the convolution covers.
struct Axis {
  const char* name;
  std::int64_t extent, pad_before, pad_after, kernel, dilation, stride;
};

std::int64_t OutputExtent(const Axis& axis) {
  std::int64_t padded = 0, reach = 0;
  if (__builtin_add_overflow(axis.extent, axis.pad_before, &padded) ||
      __builtin_add_overflow(padded, axis.pad_after, &padded) ||
      __builtin_mul_overflow(axis.kernel - 1, axis.dilation, &reach)) {
    throw ShapeError("the padded " + std::string(axis.name) +
                     " or the dilated kernel overflows int64");
  }
  if (reach >= padded) {
    throw ShapeError("kernel " + std::string(axis.name) + " " +
                     std::to_string(axis.kernel) + " with dilation " +
                     std::to_string(axis.dilation) +
                     " is larger than the padded input " + axis.name + " " +
                     std::to_string(padded));
  }
  return (padded - reach - 1) / axis.stride + 1;
}

/// Counted at 8 bytes an element for both dtypes, so that a shape is valid or
/// not whatever it is computed in.
void RequireAddressable(const char* what,
                        std::initializer_list<std::int64_t> extents) {
  std::int64_t bytes = sizeof(double);
  for (std::int64_t extent : extents) {
    if (__builtin_mul_overflow(bytes, extent, &bytes)) {
      std::string product;
      for (std::int64_t e : extents) {
        if (!product.empty()) product += '*';
        product += std::to_string(e);
      }
      throw ShapeError(std::string(what) + " of " + product +
                       " elements: its bytes overflow int64");
    }
  }
}

void RequireValidParameters(const Conv2dShape& s) {
  RequirePositive({{"n", s.n},
                   {"c_in", s.c_in},
                   {"h", s.h},
                   {"w", s.w},
                   {"c_out", s.c_out},
                   {"kh", s.kh},
                   {"kw", s.kw},
                   {"stride_h", s.stride_h},
                   {"stride_w", s.stride_w},
                   {"dil_h", s.dil_h},
                   {"dil_w", s.dil_w},
                   {"groups", s.groups}});
  RequireNonNegative({{"pad_top", s.pad_top},
                      {"pad_left", s.pad_left},
                      {"pad_bottom", s.pad_bottom},
                      {"pad_right", s.pad_right}});
  RequireDivides({"groups", s.groups}, {"c_in", s.c_in});
  RequireDivides({"groups", s.groups}, {"c_out", s.c_out});
}

}  // namespace

std::array<std::int64_t, 4> OutputShape(const Conv2dShape& s) {
  RequireValidParameters(s);
  const std::int64_t oh = OutputExtent(
      {"height", s.h, s.pad_top, s.pad_bottom, s.kh, s.dil_h, s.stride_h});
  const std::int64_t ow = OutputExtent(
      {"width", s.w, s.pad_left, s.pad_right, s.kw, s.dil_w, s.stride_w});
  RequireAddressable("input", {s.n, s.c_in, s.h, s.w});
  RequireAddressable("weights", {s.c_out, s.c_in / s.groups, s.kh, s.kw});
  RequireAddressable("output", {s.n, s.c_out, oh, ow});
  RequireAddressable("column matrix", {s.c_in, s.kh, s.kw, s.n, oh, ow});
  return {s.n, s.c_out, oh, ow};
}

LoweredShape Lower(const Conv2dShape& s) {
  const auto [n, c_out, oh, ow] = OutputShape(s);
  const auto size = [](std::int64_t v) { return static_cast<std::size_t>(v); };
  return {.m = size(c_out / s.groups),
          .k = size(s.c_in / s.groups * s.kh * s.kw),
          .n = size(n * oh * ow),
          .plane = size(oh * ow),
          .groups = size(s.groups),
          .images = size(n),
          .out_h = size(oh),
          .out_w = size(ow)};
}

}  // namespace opstat::engine
