#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/shape.h"

namespace opstat::engine {

/// A range of k, or of whatever else is counted.
struct IndexRange {
  std::size_t begin, end;

  std::size_t size() const { return end > begin ? end - begin : 0; }
};

/// The order in which direct convolution walks the taps: kh outermost, so that
/// the taps of an output row that lie in the padding above or below the input
/// are a prefix or a suffix of k and can be left out.
///     k = (kh * channels + c) * kw_count + kw
class TapOrder {
 public:
  TapOrder(const Conv2dShape& s, const LoweredShape& lowered)
      : channels_(static_cast<std::size_t>(s.c_in / s.groups)),
        kh_(static_cast<std::size_t>(s.kh)),
        kw_(static_cast<std::size_t>(s.kw)) {
    for (std::size_t row = 0; row < lowered.out_h; ++row) {
      rows_.push_back(InsideTaps(s, static_cast<std::int64_t>(row)));
    }
  }

  std::size_t size() const { return channels_ * kh_ * kw_; }

  /// Calls visit(c, kh, kw) for k = 0, 1, ...
  template <class Visit>
  void ForEach(const Visit& visit) const {
    for (std::size_t kh = 0; kh < kh_; ++kh) {
      for (std::size_t c = 0; c < channels_; ++c) {
        for (std::size_t kw = 0; kw < kw_; ++kw) visit(c, kh, kw);
      }
    }
  }

  /// Where in a [c][kh][kw] kernel the weight of each k stands.
  std::vector<std::size_t> WeightPositions() const {
    std::vector<std::size_t> positions;
    positions.reserve(size());
    ForEach([&](std::size_t c, std::size_t kh, std::size_t kw) {
      positions.push_back((c * kh_ + kh) * kw_ + kw);
    });
    return positions;
  }

  /// The reverse: of each weight of a [c][kh][kw] kernel its k.
  std::vector<std::size_t> WeightPlaces() const {
    std::vector<std::size_t> places(size());
    std::size_t k = 0;
    ForEach([&](std::size_t c, std::size_t kh, std::size_t kw) {
      places[(c * kh_ + kh) * kw_ + kw] = k++;
    });
    return places;
  }

  /// The k that can meet the input in output rows `first` to `last`. Lower
  /// rows meet it with earlier taps, so the outermost rows decide.
  IndexRange Inside(std::size_t first, std::size_t last) const {
    const std::size_t per_row = channels_ * kw_;
    return {rows_[last].begin * per_row, rows_[first].end * per_row};
  }

 private:
  /// The kh that fall inside the input at one output row.
  static IndexRange InsideTaps(const Conv2dShape& s, std::int64_t row) {
    const std::int64_t top = row * s.stride_h - s.pad_top;
    const auto first_at_or_below = [&](std::int64_t y) {
      const std::int64_t distance = y - top;
      const std::int64_t kh = distance <= 0 ? 0 : (distance - 1) / s.dil_h + 1;
      return static_cast<std::size_t>(std::min(kh, s.kh));
    };
    return {first_at_or_below(0), first_at_or_below(s.h)};
  }

  std::size_t channels_, kh_, kw_;
  std::vector<IndexRange> rows_;
};

}  // namespace opstat::engine
