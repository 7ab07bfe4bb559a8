#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/aligned_buffer.h"
#include "engine/scratch_pool.h"

namespace opstat::engine {

/// Where the column matrix and the matrix product's output live.
enum class Scratch {
  kAllocating,  ///< allocated and zeroed in every call, then freed
  kPooled,      ///< leased from a pool and not cleared
};

/// "allocating" or "pooled".
std::string_view Name(Scratch scratch);

/// The policy of that name; throws UnknownName.
Scratch ParseScratch(std::string_view name);

/// The process-wide pools, one for each use, so that a small buffer never
/// takes the place of a large one. They are never destroyed: a thread may
/// still run a convolution while the process exits.
template <class T>
struct ScratchPools {
  ScratchPool<T> columns;         ///< what im2col writes
  ScratchPool<T> product;         ///< what the matrix product writes
  ScratchPool<T> packed_weights;  ///< the microkernel's left operand
  ScratchPool<T> packed_panels;   ///< the microkernel's right operand

  static ScratchPools& Instance();
};

/// One of the two large buffers of a call, by policy.
template <class T>
class ScratchBuffer {
 public:
  /// `size` elements: zeros under kAllocating, anything under kPooled.
  ScratchBuffer(Scratch scratch, ScratchPool<T>& pool, std::size_t size);

  T* data() const { return owned_ ? owned_->data() : lease_->data(); }

 private:
  std::optional<AlignedBuffer<T>> owned_;
  std::optional<typename ScratchPool<T>::Lease> lease_;
};

extern template struct ScratchPools<float>;
extern template struct ScratchPools<double>;
extern template class ScratchBuffer<float>;
extern template class ScratchBuffer<double>;

}  // namespace opstat::engine
