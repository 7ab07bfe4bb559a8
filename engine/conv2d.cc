#include "engine/conv2d.h"

#include <stdexcept>

namespace opstat::engine {

template <class T>
Conv2dPlan<T>::Conv2dPlan(const Conv2dShape& shape, Algorithm algorithm,
                          Scratch scratch)
    : shape_(shape),
      lowered_(Lower(shape)),
      choice_(ChooseAlgorithm(shape, algorithm)),
      scratch_(scratch),
      convolution_(MakeConvolution<T>(shape, choice_.algorithm)) {}

template <class T>
std::size_t Conv2dPlan<T>::scratch_bytes() const {
  return convolution_->ScratchElements() * sizeof(T);
}

template <class T>
std::size_t Conv2dPlan<T>::packed_weight_bytes() const {
  return convolution_->PackedWeightElements() * sizeof(T);
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
PackedWeights<T> Conv2dPlan<T>::Pack(const T* weights) const {
  return PackedWeights<T>(convolution_, weights);
}

template <class T>
void Conv2dPlan<T>::Run(const T* x, const PackedWeights<T>& weights,
                        const T* bias, T* y) const {
  if (weights.packer_ != convolution_) {
    throw std::invalid_argument("these weights were packed by another plan");
  }
  convolution_->Run(x, weights.packed_.data(), bias, y, scratch_);
}

template <class T>
void Conv2dPlan<T>::Run(const T* x, const T* weights, const T* bias,
                        T* y) const {
  const auto packed = ScratchPools<T>::Instance().packed_weights.Acquire(
      convolution_->PackedWeightElements());
  convolution_->Pack(weights, packed.data());
  convolution_->Run(x, packed.data(), bias, y, scratch_);
}

template class Conv2dPlan<float>;
template class Conv2dPlan<double>;

}  // namespace opstat::engine
