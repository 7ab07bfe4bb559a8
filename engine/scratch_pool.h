#pragma once

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

#include "engine/aligned_buffer.h"

namespace opstat::engine {

/// Recycles scratch buffers of T between calls.
///
/// Grow-only: a returned buffer keeps its full capacity, and a later lease of
/// up to that capacity reuses it. So once every size has been seen, at the
/// concurrency that will be used, Acquire() allocates nothing. Buffers are not
/// cleared: whoever leases one writes every element before reading it.
///
/// Thread-safe. A leased buffer belongs to its lease alone; the lock is held
/// to pick a buffer, and to allocate when none is large enough.
template <class T>
class ScratchPool {
 public:
  /// Exclusive use of a buffer, handed back to its pool on destruction: on
  /// every path out, exceptions included. The pool must outlive it.
  class Lease {
   public:
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)),
          buffer_(std::move(other.buffer_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (pool_ != nullptr) pool_->Return(std::move(buffer_));
    }

    T* data() const { return buffer_.data(); }
    /// Elements that may be used; at least what was asked for.
    std::size_t capacity() const { return buffer_.size(); }

   private:
    friend class ScratchPool;
    Lease(ScratchPool* pool, AlignedBuffer<T> buffer) noexcept
        : pool_(pool), buffer_(std::move(buffer)) {}

    ScratchPool* pool_;
    AlignedBuffer<T> buffer_;
  };

  ScratchPool() = default;
  ScratchPool(const ScratchPool&) = delete;
  ScratchPool& operator=(const ScratchPool&) = delete;

  /// A buffer of at least `size` elements with whatever its last user left in
  /// it: the smallest idle one that is large enough, else a new one in place
  /// of the largest idle one. Throws std::bad_alloc, the pool unchanged.
  Lease Acquire(std::size_t size) {
    const std::lock_guard lock(mutex_);
    const auto fits = std::lower_bound(idle_.begin(), idle_.end(), size, Less);
    if (fits != idle_.end()) return Take(fits);
    AlignedBuffer<T> grown(size);
    if (idle_.empty()) {
      idle_.reserve(buffers_ + 1);
      ++buffers_;
    } else {
      idle_.pop_back();
    }
    return Lease(this, std::move(grown));
  }

  /// Buffers that wait for a lease.
  std::size_t idle() const {
    const std::lock_guard lock(mutex_);
    return idle_.size();
  }

 private:
  using Buffers = std::vector<AlignedBuffer<T>>;

  static bool Less(const AlignedBuffer<T>& buffer, std::size_t size) {
    return buffer.size() < size;
  }

  Lease Take(typename Buffers::iterator position) {
    Lease lease(this, std::move(*position));
    idle_.erase(position);
    return lease;
  }

  // Never allocates: Acquire() reserved a place for every buffer it made.
  void Return(AlignedBuffer<T> buffer) noexcept {
    const std::lock_guard lock(mutex_);
    const auto position =
        std::lower_bound(idle_.begin(), idle_.end(), buffer.size(), Less);
    idle_.insert(position, std::move(buffer));
  }

  mutable std::mutex mutex_;
  Buffers idle_;  // by ascending size
  std::size_t buffers_ = 0;
};

}  // namespace opstat::engine
