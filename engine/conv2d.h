#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "engine/algorithm.h"
#include "engine/convolution.h"
#include "engine/dispatch.h"
#include "engine/packed_weights.h"
#include "engine/scratch.h"
#include "engine/shape.h"

namespace opstat::engine {

/// A convolution of one shape, planned once and run any number of times.
/// T is float or double. Immutable; threads may share a plan and run it at the
/// same time, each run with scratch of its own.
///
/// `scratch` governs the buffers that hold copies of the input and the output,
/// scratch_bytes() in all: the column matrix and the product of kIm2col, the
/// padded input of kDirect and kDepthwise. Under kAllocating a run allocates
/// exactly these (two for kIm2col, one or none for the others), under kMapped
/// it maps them, and under kPooled it does neither, once the calling thread's
/// pool holds buffers of that size. What packs operands is pooled either way.
template <class T>
class Conv2dPlan {
 public:
  /// Throws ShapeError, AlgorithmError, or IsaError for what the environment
  /// variable OPSTAT_ISA demands (dispatch.h).
  explicit Conv2dPlan(const Conv2dShape& shape,
                      Algorithm algorithm = Algorithm::kAuto,
                      Scratch scratch = Scratch::kPooled);

  const Conv2dShape& shape() const { return shape_; }
  Scratch scratch() const { return scratch_; }
  /// What runs; never kAuto.
  Algorithm algorithm() const { return choice_.algorithm; }
  /// Why it was this algorithm.
  std::string_view reason() const { return choice_.reason; }
  /// The instruction set that runs: "avx512", "avx2", ... or "scalar", which
  /// kReference always is.
  const char* isa() const { return convolution_->Isa(); }

  /// Bytes of the buffers that the scratch policy governs.
  std::size_t scratch_bytes() const;
  /// Bytes of what Pack() returns.
  std::size_t packed_weight_bytes() const;
  std::size_t input_elements() const;
  std::size_t weight_elements() const;
  std::size_t output_elements() const { return lowered_.OutputElements(); }

  /// The weights [c_out][c_in/groups][kh][kw], ready for any number of runs.
  PackedWeights<T> Pack(const T* weights) const;

  /// Computes y [n][c_out][oh][ow], every element of it. `bias` is [c_out] or
  /// nullptr; y overlaps no input. The same plan on the same data gives the
  /// same bits. Throws std::bad_alloc, with y untouched, and
  /// std::invalid_argument for weights that another plan packed.
  void Run(const T* x, const PackedWeights<T>& weights, const T* bias,
           T* y) const;

  /// The same, packing the weights on the way into memory from a pool.
  void Run(const T* x, const T* weights, const T* bias, T* y) const;

 private:
  Conv2dShape shape_;
  LoweredShape lowered_;
  AlgorithmChoice choice_;
  Scratch scratch_;
  std::shared_ptr<const Convolution<T>> convolution_;
};

extern template class Conv2dPlan<float>;
extern template class Conv2dPlan<double>;

}  // namespace opstat::engine
