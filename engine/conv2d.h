#pragma once

#include <cstddef>
#include <string_view>

#include "engine/algorithm.h"
#include "engine/dispatch.h"
#include "engine/gemm.h"
#include "engine/scratch.h"
#include "engine/shape.h"

namespace opstat::engine {

/// A convolution of one shape, planned once and run any number of times.
/// T is float or double. Immutable; threads may share a plan and run it at the
/// same time, each run with scratch of its own.
///
/// How kIm2col moves the data, and its two large scratch buffers:
///     x --im2col--> [columns] --matrix product--> [product] --rearrange--> y
///        [group * k][images * oh * ow]   [c_out][images * oh * ow]
/// `scratch` governs these two alone: under kAllocating a run makes exactly
/// two allocations, of scratch_bytes() together; under kPooled none, once the
/// pool holds buffers of that size. Packing buffers are pooled either way.
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
  const char* isa() const;

  /// Bytes of columns and product together; 0 unless kIm2col.
  std::size_t scratch_bytes() const;
  std::size_t input_elements() const;
  std::size_t weight_elements() const;
  std::size_t output_elements() const { return lowered_.OutputElements(); }

  /// Computes y [n][c_out][oh][ow], every element of it. `bias` is [c_out] or
  /// nullptr; y overlaps no input. The same plan on the same data gives the
  /// same bits. Throws std::bad_alloc, with y untouched.
  void Run(const T* x, const T* weights, const T* bias, T* y) const;

 private:
  /// Columns of the matrix product: all images at once, or one at a time.
  std::size_t ProductColumns() const;
  void RunIm2col(const T* x, const T* weights, const T* bias, T* y) const;
  void RunPointwise(const T* x, const T* weights, const T* bias, T* y) const;

  Conv2dShape shape_;
  LoweredShape lowered_;
  AlgorithmChoice choice_;
  Scratch scratch_;
  IsaPath<T> isa_;
  Gemm<T> gemm_;
};

extern template class Conv2dPlan<float>;
extern template class Conv2dPlan<double>;

}  // namespace opstat::engine
