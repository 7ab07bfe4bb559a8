#include "engine/conv2d.h"

#include <algorithm>

#include "engine/im2col.h"
#include "engine/reference.h"

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

/// Leases of what the matrix product packs its operands into.
template <class T>
struct PackingScratch {
  explicit PackingScratch(const Gemm<T>& gemm)
      : weights(ScratchPools<T>::Instance().packed_weights.Acquire(
            gemm.PackedWeightElements())),
        panels(ScratchPools<T>::Instance().packed_panels.Acquire(
            gemm.PackedPanelElements())) {}

  typename ScratchPool<T>::Lease weights, panels;
};

template <class T>
const T* GroupBias(const LoweredShape& lowered, const T* bias,
                   std::size_t group) {
  return bias != nullptr ? bias + group * lowered.m : nullptr;
}

}  // namespace

template <class T>
Conv2dPlan<T>::Conv2dPlan(const Conv2dShape& shape, Algorithm algorithm,
                          Scratch scratch)
    : shape_(shape),
      lowered_(Lower(shape)),
      choice_(ChooseAlgorithm(shape, algorithm)),
      scratch_(scratch),
      isa_(ChooseIsa<T>(ProductColumns())),
      gemm_(*isa_.kernels, lowered_.m, lowered_.k, ProductColumns()) {}

template <class T>
const char* Conv2dPlan<T>::isa() const {
  return algorithm() == Algorithm::kReference ? "scalar" : isa_.name;
}

template <class T>
std::size_t Conv2dPlan<T>::ProductColumns() const {
  return algorithm() == Algorithm::kPointwise ? lowered_.plane : lowered_.n;
}

template <class T>
std::size_t Conv2dPlan<T>::scratch_bytes() const {
  if (algorithm() != Algorithm::kIm2col) return 0;
  return (lowered_.ColumnElements() + lowered_.OutputElements()) * sizeof(T);
}

template <class T>
std::size_t Conv2dPlan<T>::input_elements() const {
  return static_cast<std::size_t>(shape_.n * shape_.c_in * shape_.h * shape_.w);
}

template <class T>
std::size_t Conv2dPlan<T>::weight_elements() const {
  return lowered_.groups * lowered_.m * lowered_.k;
}

template <class T>
void Conv2dPlan<T>::Run(const T* x, const T* weights, const T* bias,
                        T* y) const {
  if (algorithm() == Algorithm::kReference) {
    ReferenceConv2d(shape_, x, weights, bias, y);
  } else if (algorithm() == Algorithm::kPointwise) {
    RunPointwise(x, weights, bias, y);
  } else {
    RunIm2col(x, weights, bias, y);
  }
}

template <class T>
void Conv2dPlan<T>::RunIm2col(const T* x, const T* weights, const T* bias,
                              T* y) const {
  auto& pools = ScratchPools<T>::Instance();
  const LoweredShape& l = lowered_;
  const ScratchBuffer<T> columns(scratch_, pools.columns, l.ColumnElements());
  const ScratchBuffer<T> product(scratch_, pools.product, l.OutputElements());
  const PackingScratch<T> packed(gemm_);

  Im2Col(shape_, l, x, columns.data());
  for (std::size_t g = 0; g < l.groups; ++g) {
    gemm_.PackWeights(weights + g * l.m * l.k, packed.weights.data());
    gemm_.Multiply(packed.weights.data(), columns.data() + g * l.k * l.n,
                   GroupBias(l, bias, g), product.data() + g * l.m * l.n,
                   packed.panels.data());
  }
  Rearrange(l, product.data(), y);
}

template <class T>
void Conv2dPlan<T>::RunPointwise(const T* x, const T* weights, const T* bias,
                                 T* y) const {
  const LoweredShape& l = lowered_;
  const PackingScratch<T> packed(gemm_);
  for (std::size_t g = 0; g < l.groups; ++g) {
    gemm_.PackWeights(weights + g * l.m * l.k, packed.weights.data());
    for (std::size_t image = 0; image < l.images; ++image) {
      const std::size_t slice = image * l.groups + g;
      gemm_.Multiply(packed.weights.data(), x + slice * l.k * l.plane,
                     GroupBias(l, bias, g), y + slice * l.m * l.plane,
                     packed.panels.data());
    }
  }
}

template class Conv2dPlan<float>;
template class Conv2dPlan<double>;

}  // namespace opstat::engine
