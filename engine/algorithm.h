#pragma once

#include <stdexcept>
#include <string_view>

#include "engine/shape.h"

namespace opstat::engine {

enum class Algorithm {
  kAuto,       ///< the fastest of the following, by shape
  kReference,  ///< direct loops, sums in double; slow, for checking
  kIm2col,     ///< column matrix, matrix product, rearrangement
  kDirect,     ///< padded input, read in place by the microkernel
  kPointwise,  ///< 1x1, stride 1, no pads: matrix product on the input itself
  kDepthwise,  ///< a group for each input channel: no sum over channels
};

/// "auto", "reference", "im2col", "direct", "pointwise" or "depthwise".
std::string_view Name(Algorithm algorithm);

/// The algorithm of that name; throws UnknownName (named_values.h).
Algorithm ParseAlgorithm(std::string_view name);

/// An algorithm asked for by name that cannot compute the shape; what() says
/// which value stands in its way.
class AlgorithmError : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

struct AlgorithmChoice {
  Algorithm algorithm;      ///< never kAuto
  std::string_view reason;  ///< static text
};

/// What computes `shape` (a valid one) when `wanted` is asked for. Throws
/// AlgorithmError for kPointwise and kDepthwise; the others do every shape.
AlgorithmChoice ChooseAlgorithm(const Conv2dShape& shape, Algorithm wanted);

}  // namespace opstat::engine
