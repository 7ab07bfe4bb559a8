#pragma once

#include <algorithm>
#include <cstddef>

namespace opstat::engine {

/// `total` things in as few parts of at most `largest` as there can be, whose
/// sizes differ by one at most: 64 rows in blocks of at most 14 are
/// 13+13+13+13+12, not 14+14+14+14+8. REQUIRES: largest > 0.
class BalancedSplit {
 public:
  BalancedSplit(std::size_t total, std::size_t largest)
      : parts_((total + largest - 1) / largest),
        size_(parts_ == 0 ? 0 : total / parts_),
        longer_(total - parts_ * size_) {}

  std::size_t total() const { return parts_ * size_ + longer_; }
  std::size_t parts() const { return parts_; }
  std::size_t Begin(std::size_t part) const {
    return part * size_ + std::min(part, longer_);
  }
  std::size_t Size(std::size_t part) const {
    return size_ + (part < longer_ ? 1 : 0);
  }
  std::size_t LargestSize() const { return size_ + (longer_ > 0 ? 1 : 0); }

 private:
  std::size_t parts_;
  std::size_t size_;
  std::size_t longer_;  // this many parts, the first ones, have one more
};

}  // namespace opstat::engine
