#include "engine/algorithm.h"

#include <string>

#include "engine/named_values.h"

namespace opstat::engine {
namespace {

constexpr NamedValues<Algorithm, 4> kAlgorithmNames{
    "algorithm",
    {{{"auto", Algorithm::kAuto},
      {"reference", Algorithm::kReference},
      {"im2col", Algorithm::kIm2col},
      {"pointwise", Algorithm::kPointwise}}}};

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

AlgorithmChoice ChooseBest(const Conv2dShape& shape) {
  if (ObstacleToPointwise(shape).empty()) {
    return {Algorithm::kPointwise,
            "1x1 kernel, stride 1, no pads: the input is the column matrix"};
  }
  return {Algorithm::kIm2col, "computes every shape"};
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
    const std::string obstacle = ObstacleToPointwise(shape);
    if (!obstacle.empty()) {
      throw AlgorithmError("algorithm pointwise cannot do " + obstacle);
    }
  }
  return {wanted, "asked for by name"};
}

}  // namespace opstat::engine
