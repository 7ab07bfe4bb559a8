#pragma once

#include <cstddef>

#include "engine/convolution.h"
#include "engine/dispatch.h"
#include "engine/gemm.h"

namespace opstat::engine {

/// The textbook way, and the one whose scratch the benchmarks are about:
///     x --im2col--> [columns] --matrix product--> [product] --rearrange--> y
///        [group * k][images * oh * ow]   [c_out][images * oh * ow]
template <class T>
class Im2colConvolution final : public Convolution<T> {
 public:
  explicit Im2colConvolution(const Conv2dShape& shape);

  const char* Isa() const override { return isa_.name; }
  std::size_t ScratchElements() const override;
  std::size_t PackedWeightElements() const override;
  void Pack(const T* weights, T* packed) const override;
  void Run(const T* x, const T* packed, const T* bias, T* y,
           Scratch scratch) const override;

 private:
  Conv2dShape shape_;
  LoweredShape lowered_;
  IsaPath<T> isa_;
  Gemm<T> gemm_;
};

/// A 1x1 kernel with stride 1 and no pads: the input is the column matrix of
/// each image, and the product is the output.
template <class T>
class PointwiseConvolution final : public Convolution<T> {
 public:
  PointwiseConvolution(const Conv2dShape& shape, const IsaPath<T>& isa);

  const char* Isa() const override { return isa_.name; }
  std::size_t ScratchElements() const override { return 0; }
  std::size_t PackedWeightElements() const override;
  void Pack(const T* weights, T* packed) const override;
  void Run(const T* x, const T* packed, const T* bias, T* y,
           Scratch scratch) const override;

 private:
  LoweredShape lowered_;
  IsaPath<T> isa_;
  Gemm<T> gemm_;
};

extern template class Im2colConvolution<float>;
extern template class Im2colConvolution<double>;
extern template class PointwiseConvolution<float>;
extern template class PointwiseConvolution<double>;

}  // namespace opstat::engine
