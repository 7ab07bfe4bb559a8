#pragma once

#include <cstddef>
#include <new>
#include <utility>

namespace opstat::engine {

/// An array of `size` elements of T at a 64-byte boundary (a cache line, and
/// the widest vector), not initialised. It asks operator new for exactly
/// size * sizeof(T) bytes, so what a counter sees is what a plan computes.
template <class T>
class AlignedBuffer {
 public:
  explicit AlignedBuffer(std::size_t size)
      : data_(static_cast<T*>(::operator new(size * sizeof(T), kAlignment))),
        size_(size) {}
  AlignedBuffer(AlignedBuffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  AlignedBuffer& operator=(AlignedBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~AlignedBuffer() { ::operator delete(data_, kAlignment); }

  T* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::align_val_t kAlignment{64};

  T* data_;
  std::size_t size_;
};

}  // namespace opstat::engine
