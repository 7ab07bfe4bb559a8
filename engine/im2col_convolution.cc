#include "engine/im2col_convolution.h"

#include <algorithm>

#include "engine/im2col.h"

namespace opstat::engine {
namespace {

/// [c_out][image][plane] -> [image][c_out][plane].
template <class T>
void Rearrange(const LoweredShape& lowered, const T* product, T* y) {
  const std::size_t channels = lowered.groups * lowered.m;
  for (std::size_t image = 0; image < lowered.images; ++image) {
    for (std::size_t c = 0; c < channels; ++c, y += lowered.plane) {
      std::copy_n(product + c * lowered.n + image * lowered.plane,
                  lowered.plane, y);
    }
  }
}

template <class T>
const T* GroupBias(const LoweredShape& lowered, const T* bias,
                   std::size_t group) {
  return bias != nullptr ? bias + group * lowered.m : nullptr;
}

/// Every group's weights, one after the other.
template <class T>
void PackGroups(const LoweredShape& l, const Gemm<T>& gemm, const T* weights,
                T* packed) {
  for (std::size_t g = 0; g < l.groups; ++g) {
    gemm.PackWeights(weights + g * l.m * l.k, packed + g * l.m * l.k);
  }
}

}  // namespace

template <class T>
Im2colConvolution<T>::Im2colConvolution(const Conv2dShape& shape)
    : shape_(shape),
      lowered_(Lower(shape)),
      isa_(ChooseIsa<T>(lowered_.n)),
      gemm_(*isa_.kernels, lowered_.m, lowered_.k, lowered_.n) {}

template <class T>
std::size_t Im2colConvolution<T>::ScratchElements() const {
  return lowered_.ColumnElements() + lowered_.OutputElements();
}

template <class T>
std::size_t Im2colConvolution<T>::PackedWeightElements() const {
  return lowered_.groups * gemm_.PackedWeightElements();
}

template <class T>
void Im2colConvolution<T>::Pack(const T* weights, T* packed) const {
  PackGroups(lowered_, gemm_, weights, packed);
}

template <class T>
void Im2colConvolution<T>::Run(const T* x, const T* packed, const T* bias, T* y,
                               Scratch scratch) const {
  auto& pools = ScratchPools<T>::Instance();
  const LoweredShape& l = lowered_;
  const ScratchBuffer<T> columns(scratch, pools.columns, l.ColumnElements());
  const ScratchBuffer<T> product(scratch, pools.product, l.OutputElements());
  const auto panels = pools.packed_panels.Acquire(gemm_.PackedPanelElements());

  Im2Col(shape_, l, x, columns.data());
  for (std::size_t g = 0; g < l.groups; ++g) {
    gemm_.Multiply(packed + g * l.m * l.k, columns.data() + g * l.k * l.n,
                   GroupBias(l, bias, g), product.data() + g * l.m * l.n,
                   panels.data());
  }
  Rearrange(l, product.data(), y);
}

template <class T>
PointwiseConvolution<T>::PointwiseConvolution(const Conv2dShape& shape,
                                              const IsaPath<T>& isa)
    : lowered_(Lower(shape)),
      isa_(isa),
      gemm_(*isa_.kernels, lowered_.m, lowered_.k, lowered_.plane) {}

template <class T>
std::size_t PointwiseConvolution<T>::PackedWeightElements() const {
  return lowered_.groups * gemm_.PackedWeightElements();
}

template <class T>
void PointwiseConvolution<T>::Pack(const T* weights, T* packed) const {
  PackGroups(lowered_, gemm_, weights, packed);
}

template <class T>
void PointwiseConvolution<T>::Run(const T* x, const T* packed, const T* bias,
                                  T* y, Scratch /*scratch*/) const {
  const LoweredShape& l = lowered_;
  const auto panels = ScratchPools<T>::Instance().packed_panels.Acquire(
      gemm_.PackedPanelElements());
  for (std::size_t slice = 0; slice < l.images * l.groups; ++slice) {
    const std::size_t g = slice % l.groups;
    gemm_.Multiply(packed + g * l.m * l.k, x + slice * l.k * l.plane,
                   GroupBias(l, bias, g), y + slice * l.m * l.plane,
                   panels.data());
  }
}

template class Im2colConvolution<float>;
template class Im2colConvolution<double>;
template class PointwiseConvolution<float>;
template class PointwiseConvolution<double>;

}  // namespace opstat::engine
