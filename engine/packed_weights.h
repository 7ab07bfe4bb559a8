#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "engine/aligned_buffer.h"
#include "engine/convolution.h"

namespace opstat::engine {

template <class T>
class Conv2dPlan;

/// Weights in the order that one plan's kernels read them, made by its Pack():
/// a copy of the caller's own, which may change or go away afterwards. For
/// that plan and its copies, in any number of threads at once.
template <class T>
class PackedWeights {
 public:
  std::size_t bytes() const { return packed_.size() * sizeof(T); }

 private:
  friend class Conv2dPlan<T>;
  PackedWeights(std::shared_ptr<const Convolution<T>> packer, const T* weights)
      : packer_(std::move(packer)), packed_(packer_->PackedWeightElements()) {
    packer_->Pack(weights, packed_.data());
  }

  std::shared_ptr<const Convolution<T>> packer_;
  AlignedBuffer<T> packed_;
};

}  // namespace opstat::engine
