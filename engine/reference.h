#pragma once

#include "engine/shape.h"

namespace opstat::engine {

/// The definition of the convolution as seven loops, each output summed in
/// double: the oracle for every other algorithm, and for shapes of any kind.
/// `bias` may be nullptr. Allocates nothing. REQUIRES: `shape` is valid.
template <class T>
void ReferenceConv2d(const Conv2dShape& shape, const T* x, const T* weights,
                     const T* bias, T* y);

extern template void ReferenceConv2d(const Conv2dShape&, const float*,
                                     const float*, const float*, float*);
extern template void ReferenceConv2d(const Conv2dShape&, const double*,
                                     const double*, const double*, double*);

}  // namespace opstat::engine
