#pragma once

#include <array>
#include <cstddef>

namespace opstat::engine {

/// Watches this thread's calls of operator new, in every form, while it lives.
/// allocations.cc replaces the operators for the whole test program.
class AllocationWatch {
 public:
  AllocationWatch();
  ~AllocationWatch();
  AllocationWatch(const AllocationWatch&) = delete;
  AllocationWatch& operator=(const AllocationWatch&) = delete;

  std::size_t count() const { return count_; }
  /// Bytes asked for by allocation `i`; the first kRemembered are kept.
  std::size_t bytes(std::size_t i) const { return bytes_.at(i); }

  /// Lets `n` more allocations through and makes those after them throw
  /// std::bad_alloc.
  void FailAfter(std::size_t n) { fail_at_ = count_ + n; }

  /// For the operators: notes a request; false when it is to fail.
  bool Note(std::size_t bytes) noexcept;

 private:
  static constexpr std::size_t kRemembered = 16;

  std::array<std::size_t, kRemembered> bytes_{};
  std::size_t count_ = 0;
  std::size_t fail_at_ = static_cast<std::size_t>(-1);
};

}  // namespace opstat::engine
