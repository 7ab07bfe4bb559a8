#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace opstat::engine {

/// An array of `size` elements of T in pages of its own, fresh from the kernel
/// and so zero; each is faulted in when it is first touched. Given back to the
/// kernel on destruction.
template <class T>
class MappedBuffer {
 public:
  /// Throws std::bad_alloc.
  explicit MappedBuffer(std::size_t size) : bytes_(size * sizeof(T)) {
    void* pages = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    data_ = static_cast<T*>(pages);
  }
  MappedBuffer(const MappedBuffer&) = delete;
  MappedBuffer& operator=(const MappedBuffer&) = delete;
  ~MappedBuffer() { ::munmap(data_, bytes_); }

  T* data() const { return data_; }

 private:
  std::size_t bytes_;
  T* data_ = nullptr;
};

}  // namespace opstat::engine
