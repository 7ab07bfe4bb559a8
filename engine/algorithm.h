#pragma once

#include <stdexcept>
#include <string_view>

#include "engine/shape.h"

namespace opstat::engine {

enum class Algorithm {
  kAuto,       ///< kPointwise where it applies, else kIm2col
  kReference,  ///< direct loops, sums in double; slow, for checking
  kIm2col,     ///< column matrix, matrix product, rearrangement
  kPointwise,  ///< 1x1, stride 1, no pads: matrix product on the input itself
};

/// "auto", "reference", "im2col" or "pointwise".
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
/// AlgorithmError.
AlgorithmChoice ChooseAlgorithm(const Conv2dShape& shape, Algorithm wanted);

}  // namespace opstat::engine
