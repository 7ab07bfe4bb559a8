#include "engine/algorithm.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "engine/named_values.h"

namespace opstat::engine {
namespace {

constexpr NamedValues<Algorithm, 6> kAlgorithmNames{
    "algorithm",
    {{{"auto", Algorithm::kAuto},
      {"reference", Algorithm::kReference},
      {"im2col", Algorithm::kIm2col},
      {"direct", Algorithm::kDirect},
      {"pointwise", Algorithm::kPointwise},
      {"depthwise", Algorithm::kDepthwise}}}};

/// Elements of padded input that are not worth a thought.
constexpr double kSmallPaddedInput = 4096;

/// Pixels of an image below which tiles of one image are mostly filling.
constexpr std::size_t kFewPixels = 8;

struct Requirement {
  const char* name;
  std::int64_t value, needed;
};

/// The first value that keeps `s` from being pointwise, as text; else empty.
/// Dilation does not matter to a kernel of one tap.
std::string ObstacleToPointwise(const Conv2dShape& s) {
  for (const Requirement& r : {Requirement{"kh", s.kh, 1},
                               {"kw", s.kw, 1},
                               {"stride_h", s.stride_h, 1},
                               {"stride_w", s.stride_w, 1},
                               {"pad_top", s.pad_top, 0},
                               {"pad_left", s.pad_left, 0},
                               {"pad_bottom", s.pad_bottom, 0},
                               {"pad_right", s.pad_right, 0}}) {
    if (r.value != r.needed) {
      return std::string(r.name) + " = " + std::to_string(r.value) + ", not " +
             std::to_string(r.needed);
    }
  }
  return {};
}

/// The same for depthwise; any number of outputs a channel will do.
std::string ObstacleToDepthwise(const Conv2dShape& s) {
  if (s.groups == s.c_in) return {};
  return "groups = " + std::to_string(s.groups) +
         ", not c_in = " + std::to_string(s.c_in);
}

void RequireNoObstacle(Algorithm algorithm, const std::string& obstacle) {
  if (obstacle.empty()) return;
  throw AlgorithmError("algorithm " + std::string(Name(algorithm)) +
                       " cannot do " + obstacle);
}

/// Direct convolution copies whole input rows, im2col only what taps read: less
/// where a far-reaching kernel meets few pixels.
bool PaddedInputIsLargerThanColumns(const Conv2dShape& s,
                                    const LoweredShape& l) {
  const auto real = [](auto value) { return static_cast<double>(value); };
  const double rows = real(l.out_h) + real((s.kh - 1) * s.dil_h / s.stride_h);
  const double cols = real(l.out_w) + real((s.kw - 1) * s.dil_w / s.stride_w);
  const double phases =
      real(std::min(s.kh, s.stride_h)) * real(std::min(s.kw, s.stride_w));
  return real(s.c_in / s.groups) * rows * cols * phases >
         real(l.k) * real(l.plane) + kSmallPaddedInput;
}

AlgorithmChoice ChooseBest(const Conv2dShape& s) {
  const LoweredShape l = Lower(s);
  if (ObstacleToPointwise(s).empty()) {
    return {Algorithm::kPointwise,
            "1x1 kernel, stride 1, no pads: the input is the column matrix"};
  }
  if (PaddedInputIsLargerThanColumns(s, l)) {
    return {Algorithm::kIm2col,
            "the padded input would be larger than the column matrix"};
  }
  if (l.images > 1 && l.plane < kFewPixels) {
    return {Algorithm::kIm2col,
            "a few pixels an image: columns of the whole batch fill a tile"};
  }
  if (s.groups == s.c_in) {
    return {Algorithm::kDepthwise, "each group is one input channel"};
  }
  return {Algorithm::kDirect, "reads the padded input without a column matrix"};
}

}  // namespace

std::string_view Name(Algorithm algorithm) {
  return kAlgorithmNames.Name(algorithm);
}

Algorithm ParseAlgorithm(std::string_view name) {
  return kAlgorithmNames.Parse(name);
}

AlgorithmChoice ChooseAlgorithm(const Conv2dShape& shape, Algorithm wanted) {
  if (wanted == Algorithm::kAuto) return ChooseBest(shape);
  if (wanted == Algorithm::kPointwise) {
    RequireNoObstacle(wanted, ObstacleToPointwise(shape));
  }
  if (wanted == Algorithm::kDepthwise) {
    RequireNoObstacle(wanted, ObstacleToDepthwise(shape));
  }
  return {wanted, "asked for by name"};
}

}  // namespace opstat::engine
