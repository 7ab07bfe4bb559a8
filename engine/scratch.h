#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/aligned_buffer.h"
#include "engine/mapped_buffer.h"
#include "engine/scratch_pool.h"

namespace opstat::engine {

/// Where the buffers live that hold copies of the input and of the output.
enum class Scratch {
  kAllocating,  ///< allocated and zeroed in every call, then freed
  kPooled,      ///< leased from a pool and not cleared
  kMapped,      ///< mapped in every call, so that every page faults, then
                ///< unmapped; an allocation counter does not see it
};

/// "allocating", "pooled" or "mapped".
std::string_view Name(Scratch scratch);

/// The policy of that name; throws UnknownName.
Scratch ParseScratch(std::string_view name);

/// The pools of one thread, one for each use, so that a small buffer never
/// takes the place of a large one. Threads that run at the same time have
/// pools apart, so they neither share buffers nor wait for each other; a new
/// thread takes over the pools of one that ended. (Beyond 64 threads at a time
/// some share.) Never destroyed: a thread may still run a convolution while
/// the process exits.
template <class T>
struct ScratchPools {
  ScratchPool<T> columns;         ///< what im2col writes
  ScratchPool<T> product;         ///< what the matrix product writes
  ScratchPool<T> padded;          ///< what direct convolution reads
  ScratchPool<T> packed_weights;  ///< for the time of one call
  ScratchPool<T> packed_panels;   ///< of columns, in the matrix product
  ScratchPool<T> sums;            ///< tiles that are yet to be transposed

  /// Those of the calling thread.
  static ScratchPools& Instance();
};

/// A large buffer of a call, by policy.
template <class T>
class ScratchBuffer {
 public:
  /// `size` elements: anything under kPooled, else zeros.
  ScratchBuffer(Scratch scratch, ScratchPool<T>& pool, std::size_t size);

  ScratchBuffer(const ScratchBuffer&) = delete;
  ScratchBuffer& operator=(const ScratchBuffer&) = delete;

  T* data() const { return data_; }

 private:
  T* data_;
  std::optional<AlignedBuffer<T>> owned_;
  std::optional<typename ScratchPool<T>::Lease> lease_;
  std::optional<MappedBuffer<T>> mapped_;
};

extern template struct ScratchPools<float>;
extern template struct ScratchPools<double>;
extern template class ScratchBuffer<float>;
extern template class ScratchBuffer<double>;

}  // namespace opstat::engine
